"""`/kpi` and the buttons under its answers."""

from __future__ import annotations

from contextlib import suppress

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import errors, kpi, people, receipts
from cspm_core.drivers import values
from cspm_core.metrics import CATALOGUE
from cspm_core.people import Team

from .. import acquaintance, ids
from ..asking import Ask
from ..blocks import Drawing
from ..listening import listener, menu
from ..signals import pictures, showing
from ..slash import named
from ..words import Words
from . import answers, escalation_views, explain_views, review_lists, review_views, ticket_views, views
from .answers import Seen
from .names import name_of
from .scope import Scope
from .spoken import Subject, Wish, understand


def register(app: App) -> None:
    app.command(named("kpi"))(command)
    app.shortcut(ids.KPI_OPEN)(open_team)
    app.action(ids.KPI_ALL)(show_all)
    app.action(ids.KPI_PERIOD)(show_again)
    app.action(ids.KPI_TEAM)(show_again)
    app.options(ids.KPI_TEAM)(find_teams)
    app.action(ids.KPI_TICKETS)(show_tickets)
    app.action(ids.KPI_TICKETS_METRIC)(show_tickets)
    for again in (ids.KPI_TICKETS_SHOW, ids.KPI_TICKETS_SORT, ids.KPI_TICKETS_OF, ids.KPI_TICKETS_ALL):
        app.action(again)(show_tickets)
    app.options(ids.KPI_TICKETS_OF)(find_values)
    app.action(ids.KPI_SHEET)(send_sheet)
    app.options(ids.KPI_TICKETS)(find_figures)
    app.action(ids.KPI_EXPLAIN)(explain)
    app.options(ids.KPI_EXPLAIN)(find_figures)
    app.action(ids.KPI_EXPLAIN_METRIC)(explain)
    app.action(ids.KPI_KEEP)(keep)
    app.action(ids.KPI_SHARE)(share)


@listener
def command(ask: Ask) -> None:
    """`/kpi …`: whatever was typed, in any of our languages."""
    with ask.reading() as session:
        wish = understand(ask.text, answers.known(session, ask.workspace_id, ask.now))
    match wish.subject:
        case Subject.HELP:
            ask.answer(explain_views.help_text(list(CATALOGUE.values()), ask.t))
        case Subject.EXPLAIN:
            _explain_typed(ask, wish)
        case Subject.ME | Subject.AGENT:
            _show_person(ask, wish)
        case Subject.METRIC:
            _show_trend(ask, wish)
        case Subject.COMPARE:
            showing.compare(ask, wish)
        case Subject.AGENTS:
            showing.agents(ask, wish)
        case Subject.TEAM:
            _show_team(ask, wish)


@listener
def open_team(ask: Ask) -> None:
    """The shortcut: my team, this week so far, in my direct messages."""
    _show_team(ask, Wish(Subject.TEAM))


@listener
def show_again(ask: Ask) -> None:
    """Another period or another team, as far as the data reaches now."""
    scope = _scope(ask)
    with ask.reading() as session:
        team = people.team(session, ask.workspace_id, scope.team_id)
        if scope.member_id is None:
            found = _team(ask, session, team.name, scope.period, scope.metric)
        else:
            person = people.member(session, ask.workspace_id, scope.member_id)
            found = answers.about(session, ask, _over(ask, session, team, scope.period), person)
        answer = answers.drawn(session, ask, found, scope.metric, ask.t)
    _remember(ask, found, "scorecard")
    ask.answer(answer.drawing)
    pictures.follow(ask, found, answer.signal)


@menu
def find_teams(ask: Ask) -> list[Drawing]:
    """Where there are many teams: those whose names hold what was typed."""
    body = ask.slack.body
    scope, typed = Scope.parse(body["block_id"]), people.fold(body["value"])
    with ask.glancing() as session:
        teams = answers.other_teams(session, ask, scope.team_id)
    return views.offered(scope, {i: name for i, name in teams.items() if typed in people.fold(name)})


@listener
def show_all(ask: Ask) -> None:
    """Every figure, at the instant the short answer stood at; those of escalations and of reviews in a message of
    their own."""
    with ask.reading() as session:
        found = answers.again(session, ask, _scope(ask))
        shown = answers.scorecard(session, ask, found, every=True)
        escalated = answers.escalations(session, ask, found)
        reviewed = answers.quality(session, ask, found)
    _remember(ask, found, "scorecard")
    ask.answer(views.all_figures(shown, ask.t))
    if escalated:
        ask.answer(escalation_views.all_figures(escalated, ask.t))
    if reviewed:
        ask.answer(review_views.all_figures(reviewed, ask.t))


@listener
def show_tickets(ask: Ask) -> None:
    """The tickets, the escalations or the reviews behind one figure."""
    scope = _scope(ask)
    if answers.lists_reviews(scope.metric):
        review_lists.show(ask, scope)
        return
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        may_review = ask.asker(session).reviews(found.team.id)
        drawing = answers.ticket_list(session, found, scope.metric, ask.t, may_review=may_review)
    _remember(ask, found, "tickets")
    ask.answer(drawing)


@menu
def find_values(ask: Ask) -> list[Drawing]:
    """The values by which a list can be narrowed down: those that hold what was typed."""
    body = ask.slack.body
    scope, typed = Scope.parse(body["block_id"]), people.fold(body["value"])
    with ask.glancing() as session:
        found = answers.again(session, ask, scope)
        every = values.values(
            session, found.team, scope.metric, found.period, as_of=found.scope.as_of, agents=found.agents
        )
    return ticket_views.offered_values(scope, every, typed, ask.t)


@listener
def send_sheet(ask: Ask) -> None:
    """All that stands behind one figure as a CSV file, in the asker's own direct messages."""
    scope = _scope(ask)
    if answers.lists_reviews(scope.metric):
        review_lists.send(ask, scope, is_first=_first_time)
        return
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        content = answers.sheet(session, found, scope.metric, ask.t)
        title = name_of(kpi.metric_of(session, found.team, scope.metric), ask.t)
    _remember(ask, found, "tickets")
    if _first_time(ask):
        ask.hand_over(f"{scope.metric}-{found.scope.period}.csv", content, title)
    ask.answer({"text": ask.t("The file is in your direct messages with me.")})


@listener
def explain(ask: Ask) -> None:
    """What one figure means, with the tickets of the answer that it stood in."""
    scope = _scope(ask)
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        drawing = answers.explanation(session, scope.metric, found, ask.t)
    ask.answer(drawing)


@menu
def find_figures(ask: Ask) -> list[Drawing]:
    """Where a message has many figures: those whose names hold what was typed."""
    body = ask.slack.body
    scope, typed = Scope.parse(body["block_id"]), people.fold(body["value"])
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, scope.team_id)
        every = kpi.catalogue_of(session, team).values() if ask.asker(session).may_see_team(team.id) else ()
    wanted = [m for m in every if m.lists_tickets and typed in people.fold(name_of(m, ask.t))]
    return views.offered_figures(scope, wanted, ask.t)


@listener
def keep(ask: Ask) -> None:
    """The same answer in the asker's own direct messages, where it stays."""
    scope = _scope(ask)
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        answer = answers.drawn(session, ask, found, scope.metric, ask.t, kept=True)
    _remember(ask, found, "scorecard")
    if _first_time(ask):
        ask.tell(pictures.with_chart(ask, found, answer, ask.t))
    ask.answer({"text": ask.t("Kept in your direct messages with me.")})


@listener
def share(ask: Ask) -> None:
    """The team's figures for everybody in this channel, in the team's language, with who shared them."""
    scope = _scope(ask)
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        words = Words(found.team.language, ask.t.prefix, year=ask.t.year)
        if found.person or answers.is_about_few(session, found, scope.metric):
            raise errors.NotShareable
        answer = answers.drawn(session, ask, found, scope.metric, words, shared_by=ask.user)
    if not _first_time(ask):
        return
    try:
        ask.post(ask.channel, pictures.with_chart(ask, found, answer, words), words)
    except SlackApiError as error:
        with ask.writing() as session:
            receipts.forget(session, ask.workspace_id, _press(ask))
        if error.response["error"] not in ("not_in_channel", "channel_not_found"):
            raise
        raise errors.NotInChannel from None


def _scope(ask: Ask) -> Scope:
    return Scope.parse(ask.carried)


def _show_team(ask: Ask, wish: Wish) -> None:
    with ask.reading() as session:
        found = _team(ask, session, wish.name, wish.period)
        shown = answers.scorecard(session, ask, found)
    _remember(ask, found, "scorecard")
    ask.answer(views.scorecard(shown, ask.t))


def _show_person(ask: Ask, wish: Wish) -> None:
    slack_user = ask.user if wish.subject is Subject.ME else wish.name
    acquaintance.of(ask.runtime, str(ask.slack.context.team_id), slack_user, now=ask.now)
    with ask.reading() as session:
        person = answers.person_asked(session, ask, slack_user)
        team = answers.team_of(session, ask, person)
        found = answers.about(session, ask, _over(ask, session, team, wish.period), person)
        shown = answers.scorecard(session, ask, found)
    _remember(ask, found, "scorecard")
    ask.answer(views.scorecard(shown, ask.t))


def _show_trend(ask: Ask, wish: Wish) -> None:
    with ask.reading() as session:
        found = _team(ask, session, "", wish.period, wish.name)
        answer = answers.drawn(session, ask, found, wish.name, ask.t)
    ask.answer(answer.drawing)
    pictures.follow(ask, found, answer.signal)


def _explain_typed(ask: Ask, wish: Wish) -> None:
    """With the asker's own team as far as there is one: what a figure means is no secret, a stranger may ask too."""
    with ask.reading() as session:
        found: Seen | None = None
        with suppress(*(() if wish.team else (errors.Missing, errors.NotAllowed))):
            found = _team(ask, session, wish.team, wish.period, wish.name)
        if found is None and wish.name not in CATALOGUE:
            raise errors.UnknownMetric(wish.name)
        drawing = answers.explanation(session, wish.name, found, ask.t)
    ask.answer(drawing)


def _team(ask: Ask, session: Session, name: str, period: str, metric: str = "") -> Seen:
    return _over(ask, session, answers.team_asked(session, ask, name), period, metric)


def _over(ask: Ask, session: Session, team: Team, period: str, metric: str = "") -> Seen:
    as_of = ask.now if answers.is_own_record(metric) else None
    return answers.seen(session, team, period, asked_at=ask.now, as_of=as_of)


def _remember(ask: Ask, found: Seen, what: str) -> None:
    """The team asked for last, and, before it is shown, that somebody looks at another person's figures.

    Mostly there is nothing new to remember: then nothing is written, and an import under way keeps nobody waiting.
    """
    with ask.glancing() as session:
        asker = ask.asker(session)
    moved = asker.member_id is not None and asker.last_team_id != found.team.id
    if not moved and not found.person:
        return
    with ask.writing() as session:
        if asker.member_id is not None and moved:
            people.remember_team(session, ask.workspace_id, asker.member_id, found.team.id)
        if found.person:
            people.log_look(session, ask.workspace_id, asker, found.person.id, what, now=ask.now)


def _first_time(ask: Ask) -> bool:
    with ask.writing() as session:
        return receipts.first_time(session, ask.workspace_id, _press(ask), now=ask.now)


def _press(ask: Ask) -> str:
    """Which button under which message in which channel."""
    container = ask.slack.body.get("container") or {}
    return f"{ask.action['action_id']}:{ask.channel}:{container.get('message_ts', '')}:{ask.user}"
