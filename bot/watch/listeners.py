"""The button that begins a self-test."""

from __future__ import annotations

from slack_bolt import App

from cspm_core import errors, people

from .. import at_once, ids
from ..asking import Ask
from ..listening import listener
from . import selftests


def register(app: App) -> None:
    app.action(ids.WATCH_SELFTEST)(begin)


@listener
def begin(ask: Ask) -> None:
    """A real escalation to whoever pressed; it comes in their direct messages."""
    team_id = int(ask.pressed()["team"])
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, team_id)
        person = people.member_by_slack(session, ask.workspace_id, ask.user)
        if person is None or not ask.asker(session).may_see_team(team.id):
            raise errors.NotOfTeam(team.name)
        selftests.begin(session, team, person, ask.t, ask.now)
    at_once.carry_on(ask.runtime)
    ask.answer({"text": ask.t("The self-test is on its way to your direct messages. Press “I take it” there.")})
