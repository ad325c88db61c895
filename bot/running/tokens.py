"""Whether the tokens are there, of the right kind, and of one and the same app. No token is ever told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from slack_sdk import WebClient

from ..settings import Settings
from ..words import N_, Words
from . import slack
from .findings import Finding, broken, doubtful, good

BEGINS: Mapping[str, str] = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}
KINDS: Mapping[str, str] = {
    "xoxb-": N_("a bot token"),
    "xapp-": N_("an app-level token"),
    "xoxp-": N_("a token of a person"),
    "xoxe": N_("a token that expires, or one to renew it"),
    "xoxc-": N_("a token of a browser"),
    "https:": N_("an address"),
}
_APP = re.compile(r"xapp-\d+-([A-Z0-9]+)-")


def findings(given: Settings, t: Words) -> Iterator[Finding]:
    """What is empty, and what holds something else than it should."""
    yield _there(given, t)
    held = {"SLACK_BOT_TOKEN": given.slack_bot_token, "SLACK_APP_TOKEN": given.slack_app_token}
    wrong = [found for name, value in held.items() if value and (found := _wrong(name, value, t))]
    yield from wrong
    if not wrong and any(held.values()):
        yield good("tokens", t("Each token is of its kind."))


def _there(given: Settings, t: Words) -> Finding:
    missing = given.missing_for_slack()
    if not missing:
        return good("settings", t("Every setting that `cspm run` needs is there."))
    if missing == ["SLACK_APP_TOKEN"] and given.slack_signing_secret:
        return good(
            "settings", t("Every setting that `cspm web` needs is there; `cspm run` needs SLACK_APP_TOKEN too.")
        )
    return doubtful(
        "settings",
        t("These settings are empty: {names}.", names=t.join(missing)),
        t("`cspm run` needs them; .env.example says where each comes from."),
    )


def _wrong(name: str, value: str, t: Words) -> Finding | None:
    if value.startswith(BEGINS[name]):
        if value == value.strip("\"' \t\r\n"):
            return None
        found = t("{name} has spaces or quotation marks around it.", name=name)
        return broken("tokens", found, t("Take them away in the environment or in .env."))
    kind = next((said for begins, said in KINDS.items() if value.lstrip("\"' ").startswith(begins)), None)
    if kind is None:
        found = t("{name} holds something that is no token.", name=name)
    else:
        found = t("{name} holds {kind}.", name=name, kind=t(kind))
    return broken("tokens", found, _where(name, t))


def _where(name: str, t: Words) -> str:
    if name == "SLACK_BOT_TOKEN":
        return t("It begins with xoxb- and stands in your Slack app under “OAuth & Permissions”.")
    return t("It begins with xapp- and stands in your Slack app under “Basic Information”, “App-Level Tokens”.")


def of_one_app(client: WebClient, met: slack.Acquaintance, app_token: str, t: Words) -> Iterator[Finding]:
    """Where the tokens belong to two apps, presses go to the one and answers come from the other."""
    told = _APP.match(app_token)
    if not told or not met.bot_id:
        return
    try:
        app = str(client.bots_info(bot=met.bot_id)["bot"].get("app_id") or "")
    except (*slack.ACCIDENTS, KeyError):
        return
    if app and app != told[1]:
        yield broken(
            "tokens",
            t("SLACK_BOT_TOKEN is of the app {bot}, SLACK_APP_TOKEN of the app {app}.", bot=app, app=told[1]),
            t("Copy both again from one and the same app."),
        )
