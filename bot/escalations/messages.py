"""A message of Slack's as plain words, with people's names instead of their ids."""

from __future__ import annotations

import re
from typing import Any

from sqlmodel import Session, col, select

from cspm_core.people import Member

from ..blocks import short
from .inputs import LONGEST_TEXT

PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
PLACE = re.compile(r"<#[A-Z0-9]+\|([^>]*)>")
LINK = re.compile(r"<((?:https?|mailto)[^|>]*)(?:\|([^>]*))?>")
GROUP = re.compile(r"<!subteam\^[A-Z0-9]+\|([^>]*)>")
DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
ALL = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>")


def words(session: Session, workspace_id: int, message: dict[str, Any]) -> str:
    """What stands in a message, or under it: its text, else the names of its files."""
    told = str(message.get("text") or "").strip()
    if not told:
        told = "\n".join(str(file.get("title") or file.get("name") or "") for file in message.get("files") or ())
    return short(plain(told, _names(session, workspace_id, told)), LONGEST_TEXT)


def _names(session: Session, workspace_id: int, text: str) -> dict[str, str]:
    users = {found[1] for found in PERSON.finditer(text)}
    if not users:
        return {}
    rows = session.exec(
        select(Member.slack_user_id, Member.name).where(
            Member.workspace_id == workspace_id, col(Member.slack_user_id).in_(users)
        )
    )
    return {str(user): name for user, name in rows}


def plain(mrkdwn: str, names: dict[str, str] | None = None) -> str:
    """Without Slack's markup for people, places, links and moments; `names` by Slack user."""
    known = names or {}
    told = PERSON.sub(lambda found: "@" + known.get(found[1], found[2] or found[1]), mrkdwn)
    told = DATE.sub(r"\1", GROUP.sub(r"\1", PLACE.sub(r"#\1", ALL.sub(r"@\1", told))))
    told = LINK.sub(lambda found: f"{found[2]} ({found[1]})" if found[2] and found[2] != found[1] else found[1], told)
    return told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
