"""One line of a timeline: in the thread, in the timeline's modal, and what is asked of an owner. Pure drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from slackblocks import ActionsBlock, Button, SectionBlock

from cspm_core.escalations import Card, Line, Status

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..crises import lines as crises
from ..detectors import names as detectors
from ..words import N_, Words
from . import states, views
from .names import KINDS, SEVERITIES, who
from .titles import called, title

NOTE = 400
"""Of what somebody wrote, in a line."""


def line(one: Line, t: Words) -> Drawing:
    """What the thread says when something changes: one line."""
    said = sentence(one, t)
    return {"text": said, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": short(said, 3000)}}]}


def veiled(t: Words) -> Drawing:
    """A line of what became confidential."""
    said = t("confidential: only its people see this")
    return {"text": said, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": f"_{said}_"}}]}


def source(one: Card, t: Words) -> Drawing:
    """Under the message that it was raised from: its number, and who has it now."""
    said = t.sentences(t("Escalated as *{name}*.", name=called(one.number)), _who_has_it(one, t))
    plain = said.replace("*", "")
    return {"text": plain, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]}


def _who_has_it(one: Card, t: Words) -> str:
    if one.status == Status.RESOLVED:
        return t("✓ It is resolved.")
    if one.owner:
        return t("✋ {person} has it.", person=escape(one.owner.name))
    return t("Nobody has it yet. Answers here are part of it.")


def sentence(one: Line, t: Words) -> str:
    """One line of a timeline as mrkdwn, without its time."""
    tell = SENTENCES.get(one.kind)
    return tell(one, t) if tell else escape(one.kind)


def _by(one: Line, t: Words) -> str:
    return escape(one.by.name) if one.by else t("Somebody")


def _at(one: Line, t: Words, key: str) -> str:
    return t.moment(datetime.fromisoformat(one.facts[key]), one.timezone)


def _noted(said: str, one: Line, t: Words) -> str:
    words = str(one.facts.get("words") or "").strip()
    return t.sentences(said, t("“{words}”", words=escape(short(words, NOTE)))) if words else said


def _opened(one: Line, t: Words) -> str:
    if one.by:
        return t("{person} raised it.", person=_by(one, t))
    match one.origin:
        case "hook":
            return t("Another system raised it.")
        case "clock":
            return t("Nobody took over, so it was raised by itself.")
    return t("A detector raised it.")


def _counted(one: Line, t: Words) -> str:
    what = str(one.facts.get("what") or "")
    said = t("Reported once more.")
    if not what and one.facts.get("rule"):
        what = detectors.label(str(one.facts["rule"]), t)
    if one.by:
        said = t("{person} reported it once more.", person=_by(one, t))
    return t.sentences(said, t("“{words}”", words=escape(short(what, NOTE)))) if what else said


def _reopened(one: Line, t: Words) -> str:
    said = t("{person} reopened it.", person=_by(one, t)) if one.by else t("It came again and is open again.")
    what = str(one.facts.get("what") or "")
    return t.sentences(said, t("“{words}”", words=escape(short(what, NOTE)))) if what else said


def _people(one: Line, t: Words) -> str:
    names = [escape(person.name) for person in one.people.values()]
    return t.join(names) if names else who(str(one.facts.get("who", "channel")), t)


def _waiting(one: Line, t: Words) -> str:
    at = _at(one, t, "until")
    match one.facts.get("why"):
        case "duty":
            return t("Nobody is on duty. It waits for the next who is: {at}.", at=at)
        case "quiet":
            return t("They want no disturbance now. They are told {at}.", at=at)
    return t("Outside working hours. It goes on {at}.", at=at)


def _skipped(one: Line, t: Words) -> str:
    whom = who(str(one.facts["who"]), t)
    match one.facts.get("why"):
        case "away":
            return t("Passed over, since they are away: {who}.", who=whom)
        case "quiet":
            return t("Passed over, since they want no disturbance and this cannot wait: {who}.", who=whom)
    return t("Passed over, since there is nobody: {who}.", who=whom)


def _handed(one: Line, t: Words) -> str:
    if one.facts.get("what") == "person":
        said = t("{person} asks {colleague} to take it.", person=_by(one, t), colleague=_people(one, t))
    else:
        said = t("{person} handed it over to {name}.", person=_by(one, t), name=escape(str(one.facts.get("to", ""))))
        if one.facts.get("due_at"):
            said = t.sentences(said, t("Due {at}.", at=_at(one, t, "due_at")))
    return _noted(said, one, t)


def _changed(one: Line, t: Words) -> str:
    told = []
    if one.facts.get("severity"):
        told.append(t(SEVERITIES[int(one.facts["severity"])]))
    if one.facts.get("kind"):
        told.append(t(KINDS[str(one.facts["kind"])]))
    if one.facts.get("promise_due_at"):
        told.append(t("promised by {until}", until=_at(one, t, "promise_due_at")))
    return t("{person} changed it: {what}.", person=_by(one, t), what=t.join(told))


def _prevention(one: Line, t: Words) -> str:
    return t("So that it does not come back: {what} ({person}, by {due})", what=escape(short(one.facts["what"], NOTE)),
             person=_people(one, t), due=_at(one, t, "due_at"))  # fmt: skip


def _checked(one: Line, t: Words) -> str:
    if one.facts.get("satisfied"):
        return t("{person} asked the customer, who is satisfied.", person=_by(one, t))
    return t("{person} asked the customer, who is not satisfied.", person=_by(one, t))


def _gathered(one: Line, t: Words) -> str:
    keys = [escape(str(key)) for key in one.facts.get("tickets", ())]
    return t.n("{n} more ticket is part of it: {tickets}", "{n} more tickets are part of it: {tickets}", len(keys),
               tickets=short(", ".join(keys), NOTE))  # fmt: skip


def _undelivered(_: Line, t: Words) -> str:
    return t("Somebody it was for is no longer in Slack. It goes on to the next step.")


SENTENCES: Mapping[str, Callable[[Line, Words], str]] = {
    "opened": _opened,
    "counted": _counted,
    "reopened": _reopened,
    "told": lambda one, t: t("Told: {who}.", who=_people(one, t)),
    "waiting": _waiting,
    "skipped": _skipped,
    "acknowledged": lambda one, t: _noted(t("✋ {person} takes it.", person=_by(one, t)), one, t),
    "seen_too": lambda one, t: _noted(t("{person} has seen it too.", person=_by(one, t)), one, t),
    "extended": lambda one, t: t("{person} keeps it. Asked again {at}.", person=_by(one, t), at=_at(one, t, "until")),
    "asked": lambda one, t: t("Its owner is asked whether it is still theirs, by {at}.", at=_at(one, t, "until")),
    "lapsed": lambda one, t: t("No answer from {person}. It is nobody’s again, and climbs.", person=_people(one, t)),
    "released": lambda one, t: _noted(t("{person} gave it back. It climbs again.", person=_by(one, t)), one, t),
    "snoozed": lambda one, t: t("⏸ {person} put it aside until {at}.", person=_by(one, t), at=_at(one, t, "until")),
    "woken": lambda _, t: t("It was put aside until now, and goes on."),
    "handed": _handed,
    "handed_due": lambda one, t: t("It should be back from {name} now.", name=escape(str(one.facts.get("to", "")))),
    "promise_due": lambda one, t: t("The promise to the customer is due {at}.", at=_at(one, t, "due_at")),
    "promise_broken": lambda one, t: t("The promise to the customer was due {at}. It climbs again.",
                                       at=_at(one, t, "due_at")),
    "promise_kept": lambda one, t: t("{person} says that the promise is kept.", person=_by(one, t)),
    "changed": _changed,
    "resolved": lambda one, t: t("✓ {person} resolved it.", person=_by(one, t)),
    "check_back": lambda _, t: t("Today the customer is asked whether all is well."),
    "checked": _checked,
    "noted": lambda one, t: t("{person} wrote: “{words}”", person=_by(one, t),
                              words=escape(short(str(one.facts.get("words", "")), NOTE))),
    "gathered": _gathered,
    "prevention": _prevention,
    "undelivered": _undelivered,
    **crises.SENTENCES,
    "watched": lambda _, t: t("It was late, and was set going again."),
}  # fmt: skip


def call(one: Card, t: Words) -> Drawing:
    """Aloud in the channel: nobody has it. Once somebody has, it says who."""
    name, about = called(one.number), escape(title(one, one.rule_facts, t))
    if one.status != Status.OPEN or one.snoozed_until:
        return message(views.headline(one, t), SectionBlock(f"*{name}* · {about}\n{states.state(one, t)}"))
    said = t("Nobody has {name} yet: {title}", name=name, title=title(one, one.rule_facts, t, limit=70))
    take = Button(t("I take it"), action_id=ids.ESCALATION_TAKE, value=value(escalation=one.id), style="primary")
    aloud = t("<!here> Nobody has *{name}* yet: {title}", name=name, title=about)
    return message(short(said, HEADLINE), SectionBlock(aloud), ActionsBlock([take]))


ASKED: Mapping[str, str] = {
    "still": N_("{name}: is it still yours?"),
    "woken": N_("{name} was put aside until now: how does it go on?"),
    "promise": N_("{name}: the promise to the customer is due"),
    "check": N_("{name}: is the customer satisfied?"),
}
"""On a lock screen, by the reason."""


def ask(one: Card, why: str, t: Words) -> Drawing:
    """To its owner: is it still yours, will the promise be kept, is the customer satisfied. Answered, it says so.

    `why` is the reason in the notice's key: still, woken, promise, check.
    """
    name, about = called(one.number), value(escalation=one.id)
    subject = f"*{name}* · {escape(title(one, one.rule_facts, t))}"
    question, pressed = _question(one, why, t)
    if not question:
        return message(views.headline(one, t), SectionBlock(f"{subject}\n{states.state(one, t)}"))
    elements = [Button(label, action_id=action, value=about) for label, action in pressed]
    return message(short(t(ASKED[why], name=name), HEADLINE), SectionBlock(f"{subject}\n{question}"),
                   ActionsBlock(list(elements)))  # fmt: skip


def _question(one: Card, why: str, t: Words) -> tuple[str, list[tuple[str, str]]]:
    resolve = (t("Resolve"), ids.ESCALATION_RESOLVE)
    mine = [(t("Still mine"), ids.ESCALATION_KEEP), resolve, (t("Give it back"), ids.ESCALATION_RELEASE)]
    if why == "check" and one.status == Status.RESOLVED and one.checked_at is None:
        return t("Ask the customer today: is all well?"), [
            (t("Satisfied"), ids.ESCALATION_SATISFIED),
            (t("Not satisfied"), ids.ESCALATION_UNSATISFIED),
        ]
    if one.status != Status.ACKNOWLEDGED:
        return "", []
    if why == "promise" and one.promise_due_at and one.promise_kept_at is None:
        until = t.moment(one.promise_due_at, one.timezone)
        kept = (t("The promise is kept"), ids.ESCALATION_PROMISE_KEPT)
        return t("The customer was promised an answer by {until}.", until=until), [kept, resolve]
    if why == "woken" and one.snoozed_until is None:
        return t("You put it aside until now. How does it go on?"), mine
    if why == "still" and one.asked_until:
        until = t.moment(one.asked_until, one.timezone)
        return t("Is it still yours? Without an answer by {until} it climbs again.", until=until), mine
    return "", []
