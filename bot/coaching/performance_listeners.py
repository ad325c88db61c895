"""`/coach review`: the page of a performance talk, one’s own words, training, and the PDF."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import kpi, people, receipts
from cspm_core.coaching import performance, performance_page
from cspm_core.coaching.performance import Page, Readiness

from .. import at_once, ids
from ..asking import Ask
from ..escalations import fields
from ..listening import form, later, listener, opener
from . import answers, performance_forms, performance_pdf
from .performance_parts import title
from .spoken import Wish

LOOK = "performance"
"""What is written down of looking at somebody's page."""


def register(app: App) -> None:
    app.action(ids.COACH_PERFORMANCE)(open_page)
    app.action(ids.COACH_PERFORMANCE_WORDS)(ask_words)
    app.view(ids.COACH_PERFORMANCE_WORDS_FORM)(keep_words)
    app.action(ids.COACH_PERFORMANCE_SHARE)(share)
    app.action(ids.COACH_PERFORMANCE_PDF)(send_pdf)
    app.action(ids.COACH_TRAINING)(ask_training)
    app.view(ids.COACH_TRAINING_FORM)(keep_training)


def show_review(ask: Ask, wish: Wish) -> None:
    """Begin it with somebody, over the last two quarters or the period typed; without a person, one's own last one.

    Raises NotForYou, NoTeamOf, OwnTalk, UnknownPeriod.
    """
    if not wish.who and not wish.words:
        _show_own(ask)
        return
    who, words = (wish.who, wish.words) if wish.who else (wish.words, "")
    agent_id = answers.person_named(ask, who)
    with ask.writing() as session:
        pair = answers.pair(session, ask, agent_id)
        period = performance.half_year(pair.team, ask.now)
        if words:
            period = kpi.period_named(words, timezone=pair.team.timezone, now=ask.now)
        row = performance.begin(session, pair.team, period, lead=pair.lead, agent=pair.agent, now=ask.now)
        people.log_look(session, ask.workspace_id, pair.lead, pair.agent.id, LOOK, now=ask.now)
        performance.show(session, ask.workspace_id, row.id, by=pair.lead, now=ask.now)
    at_once.deliver(ask.runtime)
    ask.answer({"text": ask.t("The page is in your direct messages with me.")})


def _show_own(ask: Ask) -> None:
    with ask.writing() as session:
        asker = ask.asker(session)
        row = asker.member_id and performance.latest_of(session, ask.workspace_id, asker.member_id)
        if row:
            performance.show(session, ask.workspace_id, row.id, by=asker, now=ask.now)
    if not row:
        said = ask.t("Nobody has shared a performance talk with you yet. A lead begins one: `/coach review @agent`.")
        ask.answer({"text": said})
        return
    at_once.deliver(ask.runtime)
    ask.answer({"text": ask.t("The page is in your direct messages with me.")})


@listener
def open_page(ask: Ask) -> None:
    """Where it stands already. Raises UnknownTalk, NotYourTalk."""
    with ask.writing() as session:
        asker = ask.asker(session)
        row = performance.talk_of(session, ask.workspace_id, _of(ask), asker)
        people.log_look(session, ask.workspace_id, asker, row.agent_id, LOOK, now=ask.now)
        performance.show(session, ask.workspace_id, row.id, by=asker, now=ask.now)
    at_once.deliver(ask.runtime)
    ask.answer({"text": ask.t("The page is in your direct messages with me.")})


@opener
def ask_words(ask: Ask) -> None:
    """What do you say? Raises UnknownTalk, NotYourTalk."""
    one, reader_id = _page(ask, _of(ask))
    ask.opens(performance_forms.say(one, reader_id, ask.t))


@form
def keep_words(ask: Ask) -> dict[str, str] | None:
    words, chosen = fields.text(ask, performance_forms.WORDS), fields.chosen(ask, performance_forms.READY)
    with ask.writing() as session:
        if not _is_first(session, ask):
            return None
        readiness = Readiness(chosen) if chosen else None
        by = ask.asker(session)
        performance.say(session, ask.workspace_id, _of_form(ask), words, by=by, readiness=readiness)
    _carry_on(ask)
    return None


@listener
def share(ask: Ask) -> None:
    """The agent gets it at a good moment of theirs. Raises UnknownTalk, NotYourTalk."""
    with ask.writing() as session:
        asker, talk_id = ask.asker(session), _of(ask)
        at = performance.share(session, ask.workspace_id, talk_id, by=asker, now=ask.now)
        row = performance.talk_of(session, ask.workspace_id, talk_id, asker)
        _, agent = performance.people_of(session, row)
        timezone = people.team(session, ask.workspace_id, row.team_id).timezone
    at_once.deliver(ask.runtime)
    if at is not None and at > ask.now:
        moment = ask.t.moment(at, timezone)
        ask.answer({"text": ask.t("{person} gets it {moment}.", person=agent.name, moment=moment)})


@listener
def send_pdf(ask: Ask) -> None:
    """The same page as a file, to whoever pressed alone. Raises UnknownTalk, NotYourTalk."""
    with ask.reading() as session:
        asker = ask.asker(session)
        row = performance.talk_of(session, ask.workspace_id, _of(ask), asker)
        one = performance_page.page(session, row, now=ask.now)
        content = performance_pdf.pdf(one, ask.t, ask.now)
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, asker, one.agent.id, LOOK, now=ask.now)
    ask.hand_over(f"{one.period.first_day}-{one.period.last_day}.pdf", content, title(one, ask.t))


@opener
def ask_training(ask: Ask) -> None:
    """Which course? Raises UnknownTalk, NotYourTalk."""
    one, _ = _page(ask, _of(ask))
    ask.opens(performance_forms.train(one.talk_id, one.agent.name, ask.t))


@form
def keep_training(ask: Ask) -> dict[str, str] | None:
    name = fields.text(ask, performance_forms.NAME)
    done_on, due_on = (fields.day(ask, field) for field in (performance_forms.DONE, performance_forms.DUE))
    with ask.writing() as session:
        if not _is_first(session, ask):
            return None
        performance.train(
            session, ask.workspace_id, _of_form(ask), name, done_on=done_on, due_on=due_on, by=ask.asker(session),
            now=ask.now,
        )  # fmt: skip
    _carry_on(ask)
    return None


def _page(ask: Ask, talk_id: int) -> tuple[Page, int]:
    """The page and whoever reads it."""
    with ask.glancing() as session:
        asker = ask.asker(session)
        row = performance.talk_of(session, ask.workspace_id, talk_id, asker)
        assert asker.member_id is not None
        return performance_page.outline(session, row, now=ask.now), asker.member_id


def _is_first(session: Session, ask: Ask) -> bool:
    view = str((ask.slack.view or {})["id"])
    return receipts.first_time(session, ask.workspace_id, f"performance:{view}", now=ask.now)


def _carry_on(ask: Ask) -> None:
    """Both see it, after the modal has closed."""
    later(ask.slack, "coaching.performance", lambda: at_once.deliver(ask.runtime))


def _of(ask: Ask) -> int:
    return int(ask.pressed()["performance"])


def _of_form(ask: Ask) -> int:
    return int(fields.carried(ask)["performance"])
