"""`/coach`: my talks and promises, the talk with somebody, and what else follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_bolt import App, Args

from cspm_core import errors, people

from .. import ids
from ..asking import Ask
from ..listening import listener, opener
from ..slash import named
from ..wellbeing import listeners as wellbeing
from . import answers, effect_listeners, help_views, performance_listeners, suggestion_listeners
from .spoken import Wish, understand


def show_mine(ask: Ask, wish: Wish) -> None:  # noqa: ARG001
    """Everything that the asker has in coaching."""
    ask.answer(answers.mine(ask))


def show_talk(ask: Ask, wish: Wish) -> None:
    """The talk with somebody, in the asker's direct messages, where it stays and is drawn anew."""
    open_talk(ask, answers.person_named(ask, wish.who))


def show_help(ask: Ask, wish: Wish) -> None:  # noqa: ARG001
    """Every way in."""
    t = ask.t
    more = (
        t("`/coach suggestions` – what the data suggests to talk about or to thank for"),
        t("`/coach effects` – what tends to help, over all promises of a team"),
        t("`/coach review @agent last-quarter` – the page of a performance talk, also as a PDF"),
        t("`/coach pulse` – what the team says every second week, and of its talks"),
        t("`/coach confide @lead` – something about a conflict, to one lead of your choice"),
        t("`/coach improve @agent` – a plan for when it does not go well"),
    )
    ask.answer(help_views.help_text(t, *more))


def open_talk(ask: Ask, agent_id: int) -> None:
    """Raises NotForYou, NoTeamOf, OwnTalk."""
    ask.tell(answers.opened(ask, agent_id))
    if ask.channel.startswith(("C", "G")):
        ask.answer({"text": ask.t("The talk is in your direct messages with me.")})


def show_plan(ask: Ask, wish: Wish) -> None:
    """The talk with somebody, from which the next is planned. Raises UnknownMember."""
    if not (wish.who or wish.words):
        ask.answer({"text": ask.t("With whom? For example `/coach plan @agent`.")})
        return
    open_talk(ask, answers.person_named(ask, wish.who or wish.words))


def show_pulse(ask: Ask, wish: Wish) -> None:
    """What a team said of its fortnight, and of its talks."""
    wellbeing.show_pulse(ask, wish.words)


def open_note(ask: Ask, wish: Wish) -> None:
    """To a lead of one's choice, in confidence."""
    wellbeing.open_note(ask, wish.who)


def open_plan(ask: Ask, wish: Wish) -> None:
    """An improvement plan with somebody. Raises UnknownMember, NotForYou."""
    agent_id = answers.person_named(ask, wish.who or wish.words)
    with ask.glancing() as session:
        agent = people.member(session, ask.workspace_id, agent_id)
    wellbeing.open_plan(ask, agent)


OPENED: Mapping[str, Callable[[Ask, Wish], None]] = {"confide": open_note, "improve": open_plan}
"""What opens a modal."""
SUBCOMMANDS: Mapping[str, Callable[[Ask, Wish], None]] = {
    "mine": show_mine,
    "talk": show_talk,
    "plan": show_plan,
    "review": performance_listeners.show_review,
    "effects": effect_listeners.show_effects,
    "suggestions": suggestion_listeners.show_suggestions,
    "pulse": show_pulse,
    "help": show_help,
}
"""What follows `/coach`, by the keys of the vocabulary."""


def register(app: App) -> None:
    app.command(named("coach"))(command)
    app.action(ids.COACH_MINE)(open_mine)
    app.action(ids.COACH_OPEN)(open_one)


def command(args: Args) -> None:
    """What opens a modal does so at once; the rest takes the time it takes."""
    about = understand(str((args.command or {}).get("text") or "")).about
    (open_form if about in OPENED else show)(args)


@opener
def open_form(ask: Ask) -> None:
    """A note in confidence, or an improvement plan."""
    wish = understand(ask.text)
    OPENED[wish.about](ask, wish)


@listener
def show(ask: Ask) -> None:
    """Whatever was typed, in any of our languages; what is no subcommand is a person."""
    wish = understand(ask.text)
    try:
        SUBCOMMANDS[wish.about](ask, wish)
    except errors.UnknownMember:
        if wish.about != "talk" or wish.words or "<@" in ask.text:
            raise
        ask.answer(help_views.unknown(wish.who, ask.t))


@listener
def open_mine(ask: Ask) -> None:
    ask.answer(answers.mine(ask))


@listener
def open_one(ask: Ask) -> None:
    """The talk with one of the asker's people; whoever is talked with sees their own side."""
    pressed = ask.pressed()
    if "agent" in pressed:
        open_talk(ask, int(pressed["agent"]))
        return
    with ask.glancing() as session:
        _, one, reader_id = answers.talk(session, ask, int(pressed["talk"]))
    if reader_id == one.lead.id:
        open_talk(ask, one.agent.id)
    else:
        ask.answer(answers.mine(ask))
