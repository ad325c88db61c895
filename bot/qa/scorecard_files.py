"""Scorecards as files in Slack: what an exported one is called, and making a scorecard of one that somebody chose."""

from __future__ import annotations

import re

from cspm_core import errors, people, qa

from ..asking import Ask
from ..refusals import sentence
from ..uploads.downloads import FileGone, FileTooLarge, NotReached, downloaded
from . import scorecard_desk
from .scorecard_names import import_line

NOT_A_NAME = re.compile(r"[^\w.-]+")
LARGEST_BYTES = 2_000_000
NO_UPLOAD = 0
"""The file stands in no record of uploads: it is read once and forgotten."""


def filename(name: str) -> str:
    """A file's name for a scorecard's."""
    return (NOT_A_NAME.sub("-", people.fold(name)).strip("-.") or "scorecard") + ".yaml"


def bring_in(ask: Ask, team_id: int, file: str, name: str, url: str) -> None:
    """Read the file, and say in the list what became of it, or what is wrong with it and where."""
    try:
        said = _brought(ask, team_id, _text(ask, file), name)
    except (FileGone, FileTooLarge, NotReached):
        said = ask.t("Slack did not give me the file. Try once more.")
    except errors.Refusal as wrong:
        said = sentence(wrong, ask.t)
    scorecard_desk.list_anew(ask, team_id, said, url)


def _brought(ask: Ask, team_id: int, text: str, name: str) -> str:
    told = qa.read_scorecard(text)
    with ask.writing() as session:
        team, by = scorecard_desk.led_team(session, ask, team_id)
        before, card = qa.import_scorecard(session, team, told, name=name, by=by, now=ask.now)
    return import_line(before, card, ask.t)


def _text(ask: Ask, file: str) -> str:
    client = ask.runtime.client(ask.workspace_id)
    with downloaded(client, NO_UPLOAD, file, "scorecard.yaml", most=LARGEST_BYTES) as path:
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise errors.BadScorecard("unreadable") from None
