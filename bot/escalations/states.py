"""How an escalation stands, in a sentence or two: who has it, since when, what happens next and when."""

from __future__ import annotations

from cspm_core.escalations import Card, Status

from ..blocks import escape, short
from ..words import Words
from .names import who


def state(one: Card, t: Words) -> str:
    """mrkdwn."""
    if one.status == Status.RESOLVED:
        return _resolved(one, t)
    told = _taken(one, t) if one.status == Status.ACKNOWLEDGED else _open(one, t)
    if one.handed_to and one.handed_due_at:
        until = t.moment(one.handed_due_at, one.timezone)
        told.append(t("Handed over to {name}, due {until}.", name=escape(one.handed_to), until=until))
    elif one.handed_to:
        told.append(t("Handed over to {name}.", name=escape(one.handed_to)))
    if one.snoozed_until:
        told.append(t("⏸ Put aside until {until}.", until=t.moment(one.snoozed_until, one.timezone)))
    return "\n".join(told)


def _taken(one: Card, t: Words) -> list[str]:
    assert one.owner is not None
    person = escape(one.owner.name)
    since = t.moment(one.acknowledged_at or one.opened_at, one.timezone)
    told = [t("✋ *{person}* has it, since {since}.", person=person, since=since)]
    if one.seen_by:
        told.append(t("Seen by {people} too.", people=escape(t.join([seen.name for seen in one.seen_by]))))
    if one.asked_until:
        until = t.moment(one.asked_until, one.timezone)
        told.append(t("{person} was asked whether it still is. Without an answer by {until} it climbs again.",
                      person=person, until=until))  # fmt: skip
    elif one.acknowledged_until and not one.snoozed_until:
        told.append(t("Asked again {until}.", until=t.moment(one.acknowledged_until, one.timezone)))
    return told


def _open(one: Card, t: Words) -> list[str]:
    told = [t("*Nobody has it yet.*")]
    if one.under_number:
        return told
    step = one.next_step
    if step is None or one.snoozed_until:
        return told
    whom = who(step.who, t, escape(step.person.name) if step.person else "")
    at = t.moment(step.at, one.timezone)
    match step.waits_for:
        case "hours":
            told.append(t("Outside working hours. Next, {at}: {who}.", who=whom, at=at))
        case "duty":
            told.append(t("Nobody is on duty. It waits for the next who is: {at}.", at=at))
        case "quiet":
            told.append(t("{who} wants no disturbance until {at}, and is told then.", who=whom, at=at))
        case "nobody":
            told.append(t("Nobody could be told. It is tried again {at}.", at=at))
        case _:
            told.append(t("Next, {at}: {who}.", who=whom, at=at))
    return told


def _resolved(one: Card, t: Words) -> str:
    at = t.moment(one.resolved_at or one.now, one.timezone)
    by = escape(one.resolved_by.name) if one.resolved_by else ""
    told = [t("✓ *Resolved* by {person}, {at}.", person=by, at=at) if by else t("✓ *Resolved* {at}.", at=at)]
    if one.cause_found:
        told.append(t("Cause: {text}", text=escape(short(one.cause_found, 500))))
    if one.solution:
        told.append(t("Solution: {text}", text=escape(short(one.solution, 500))))
    for task in one.tasks:
        due = t.moment(task.due_at, one.timezone)
        told.append(t("So that it does not come back: {what} ({person}, by {due})", what=escape(short(task.what, 200)),
                      person=escape(task.owner.name), due=due))  # fmt: skip
    if one.checked_at is not None:
        told.append(t("The customer is satisfied.") if one.satisfied else t("The customer is not satisfied."))
    elif one.check_back_at:
        told.append(t("The customer is asked {at}.", at=t.moment(one.check_back_at, one.timezone)))
    return "\n".join(told)


def happened(one: Card, t: Words) -> str:
    """The true time of what was noticed later; empty where that is the same."""
    if one.happened_at is None or abs((one.opened_at - one.happened_at).total_seconds()) < 60:
        return ""
    if one.happened_at > one.opened_at:
        return t("Due {at}.", at=t.moment(one.happened_at, one.timezone))
    return t("It happened {at}, before it was noticed.", at=t.moment(one.happened_at, one.timezone))
