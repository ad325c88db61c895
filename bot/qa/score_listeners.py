"""`/qa scores` and the buttons under its answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, people, receipts
from cspm_core.qa import scores
from cspm_core.qa.scores import Scores

from .. import acquaintance, ids
from ..asking import Ask
from ..kpi import answers, review_lists, sheets
from ..kpi.answers import Seen
from ..kpi.scope import Scope
from ..kpi.spoken import Known, Subject, Wish, understand
from ..listening import listener
from . import score_views

DEFAULT_PERIOD = "28d"
METRIC = "qa_score"


def register(app: App) -> None:
    app.action(ids.QA_SCORES_PERIOD)(show_again)
    app.action(ids.QA_SCORES_CSV)(send_sheet)


def show(ask: Ask, words: str) -> None:
    """`/qa scores [team|@agent|me] [period]`: the last 28 days of the asker's own team, where nothing else is said."""
    with ask.reading() as session:
        wish = _understood(session, ask, words)
    if wish.subject is not Subject.TEAM:
        who = ask.user if wish.subject is Subject.ME else wish.name
        acquaintance.of(ask.runtime, str(ask.slack.context.team_id), who, now=ask.now)
        wish = replace(wish, name=who)
    with ask.reading() as session:
        found = _found(session, ask, wish)
        told = _told(session, ask, found)
    _say(ask, found, told)


@listener
def show_again(ask: Ask) -> None:
    """Over another period, as it stands now."""
    asked = Scope.parse(ask.carried)
    with ask.reading() as session:
        found = answers.again(session, ask, replace(asked, asked_at=ask.now, as_of=ask.now))
        told = _told(session, ask, found)
    _say(ask, found, told)


@listener
def send_sheet(ask: Ask) -> None:
    """Every review behind the scores that the asker may see, as a CSV file in their own direct messages."""
    with ask.reading() as session:
        found = answers.again(session, ask, Scope.parse(ask.carried))
        _may_see(session, ask, found)
        listed = scores.seen(
            session,
            found.team,
            found.period,
            as_of=found.scope.as_of,
            asker=ask.asker(session),
            person=found.person,
        )
    if not listed:
        ask.answer({"text": ask.t("None of these reviews is yours to see.")})
        return
    content = sheets.review_sheet(listed, found.team.timezone, ask.t)
    review_lists.looked_at(ask, listed, "reviews")
    if _first_time(ask):
        title = ask.t("Reviews of {team}", team=found.name)
        ask.hand_over(f"reviews-{found.scope.period}.csv", content, title)
    ask.answer({"text": ask.t("The file is in your direct messages with me.")})


def _understood(session: Session, ask: Ask, words: str) -> Wish:
    """What was typed; where it names no period, the last 28 days."""
    teams = [team.name for team in people.teams(session, ask.workspace_id)]
    known = Known(teams, {}, ask.now)
    typed = " ".join(words.split())
    wish: Wish | None = None
    with suppress(errors.Refusal):
        wish = understand(f"{typed} {DEFAULT_PERIOD}", known)
    if wish is None or wish.period != DEFAULT_PERIOD:
        wish = understand(typed, known)
    if wish.subject not in (Subject.TEAM, Subject.ME, Subject.AGENT):
        raise errors.UnknownTeam(typed, None, teams[:10])
    return wish


def _found(session: Session, ask: Ask, wish: Wish) -> Seen:
    """The team or person over the period, as of now: reviews wait for no export. Raises where it may not be seen."""
    if wish.subject is Subject.TEAM:
        team = answers.team_asked(session, ask, wish.name)
        return answers.seen(session, team, wish.period, asked_at=ask.now, as_of=ask.now)
    person = answers.person_asked(session, ask, wish.name)
    team = answers.team_of(session, ask, person)
    over = answers.seen(session, team, wish.period, asked_at=ask.now, as_of=ask.now)
    return answers.about(session, ask, over, person)


def _told(session: Session, ask: Ask, found: Seen) -> Scores:
    _may_see(session, ask, found)
    if found.person:
        return scores.of_person(session, found.team, found.person, found.period, as_of=found.scope.as_of)
    return scores.of_team(session, found.team, found.period, as_of=found.scope.as_of)


def _may_see(session: Session, ask: Ask, found: Seen) -> None:
    """Whoever is not of the team, an executive or an admin, sees it where it is about five people or more."""
    asker = ask.asker(session)
    if found.person or found.team.id in asker.team_ids:
        return
    if scores.people_reviewed(session, found.team, found.period, as_of=found.scope.as_of) < people.FEW:
        raise errors.FewPeople(found.team.name)


def _say(ask: Ask, found: Seen, told: Scores) -> None:
    _remember(ask, found)
    scope = found.scope.of(METRIC)
    ask.answer(score_views.scores(told, scope, ask.t))


def _remember(ask: Ask, found: Seen) -> None:
    """The team asked for last, and, before it is shown, that somebody looks at another person's scores."""
    with ask.glancing() as session:
        asker = ask.asker(session)
    moved = asker.member_id is not None and asker.last_team_id != found.team.id
    if not moved and not found.person:
        return
    with ask.writing() as session:
        if asker.member_id is not None and moved:
            people.remember_team(session, ask.workspace_id, asker.member_id, found.team.id)
        if found.person:
            people.log_look(session, ask.workspace_id, asker, found.person.id, "qa_scores", now=ask.now)


def _first_time(ask: Ask) -> bool:
    container = ask.slack.body.get("container") or {}
    press = f"{ask.action['action_id']}:{ask.channel}:{container.get('message_ts', '')}:{ask.user}"
    with ask.writing() as session:
        return receipts.first_time(session, ask.workspace_id, press, now=ask.now)
