"""Words people use for roles and languages, and what Slack's ids and an address look like."""

from __future__ import annotations

import re

from .rules import LANGUAGES, Role

_ROLES = {"team lead": Role.LEAD, "teamlead": Role.LEAD, "qa": Role.QA_REVIEWER, "reviewer": Role.QA_REVIEWER}
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{7,}")
_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
_CHINESE = ("zh_tw", "zh_hant", "zh_hant_tw", "zh_hk", "zh")


def role_named(text: str) -> Role | None:
    """The role of that name, however it is written (`QA reviewer`, `qa-reviewer`); None: there is none."""
    word = " ".join(re.split(r"[\s_-]+", text.strip().casefold()))
    known = {role.value.replace("_", " "): role for role in Role}
    return known.get(word) or _ROLES.get(word)


def language_named(text: str) -> str | None:
    """One of `LANGUAGES` (`nl-BE` is nl, `zh-Hant` is zh_TW); None: one we do not speak."""
    word = text.strip().replace("-", "_").casefold()
    if word in _CHINESE:
        return "zh_TW"
    return next((ours for ours in LANGUAGES if word.split("_")[0] == ours), None)


def is_slack_user(text: str) -> bool:
    """Whether that is the id of a Slack user: U… or W…"""
    return _SLACK_USER.fullmatch(text) is not None


def is_slack_channel(text: str) -> bool:
    """Whether that is the id of a Slack channel, C… or G…, and not its name."""
    return _SLACK_CHANNEL.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether that looks like an e-mail address."""
    return _ADDRESS.fullmatch(text) is not None
