"""What is chosen in an escalation's menu, and its timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_bolt import App, Args

from cspm_core import escalations
from cspm_core.escalations import Rights

from .. import ids, leftovers
from ..asking import Ask
from ..crises import listeners as crises
from ..listening import listener, opener
from . import form_listeners, hand_listeners, listeners, menus, timeline_sheets, timeline_views
from .form_listeners import seen
from .titles import called


def register(app: App) -> None:
    app.action(ids.ESCALATION_MORE)(more)
    app.action(ids.ESCALATION_TIMELINE)(timeline)
    app.action(ids.ESCALATION_CSV)(csv)


def more(args: Args) -> None:
    """Each choice does its own: some open a modal, which cannot wait."""
    chosen = (args.action or {}).get("selected_option") or {}
    CHOICES.get(menus.chosen(str(chosen.get("value") or "")), leftovers.press)(args)


@opener
def timeline(ask: Ask) -> None:
    """Everything that happened to it."""
    with ask.glancing() as session:
        one, _ = seen(session, ask, listeners.pressed(ask), Rights.needs_sight)
        lines = escalations.timeline(session, ask.workspace_id, one.id)
    ask.opens(timeline_views.timeline(one, lines, ask.t))


@listener
def csv(ask: Ask) -> None:
    """The same as a file in the asker's own direct messages."""
    with ask.reading() as session:
        one, _ = seen(session, ask, listeners.pressed(ask), Rights.needs_sight)
        lines = escalations.timeline(session, ask.workspace_id, one.id)
    name = called(one.number)
    ask.hand_over(f"{name}-timeline.csv", timeline_sheets.sheet(lines, ask.t), ask.t("Timeline of {name}", name=name))
    ask.answer({"text": ask.t("The file is in your direct messages with me.")})


@opener
def crisis(ask: Ask) -> None:
    """The checklist for it."""
    crises.open_plan(ask, listeners.pressed(ask))


CHOICES: Mapping[str, Callable[[Args], None]] = {
    menus.TAKE_WITH_NOTE: form_listeners.ask_note,
    menus.SNOOZE: form_listeners.ask_snooze,
    menus.HAND: hand_listeners.ask_hand,
    menus.CHANGE: form_listeners.ask_change,
    menus.RELEASE: listeners.release,
    menus.PROMISE_KEPT: listeners.promise_kept,
    menus.REOPEN: listeners.reopen,
    menus.TIMELINE: timeline,
    menus.CSV: csv,
    menus.CRISIS: crisis,
}
