"""The ready plan's checklist and words, and whose a line of a checklist is, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.crises import Board, Line, Plan, PlanTask, filled
from cspm_core.escalations.cards import Person

from ..escalations.names import KINDS
from ..escalations.titles import title
from ..words import N_, Words

READY: Mapping[str, str] = {
    "take_lead": N_("Say who leads until it is over, and who writes the updates"),
    "who_is_hit": N_("Find out who is hit, since when, and what works all the same"),
    "stop_it": N_("Ask whoever can stop it, and agree on when they report back"),
    "one_voice": N_("Approve the words to customers; everybody uses these and no others"),
    "watch_replies": N_("Tell the customers on the list, and watch for new ones"),
    "first_update": N_("Write the first update, and keep to the next time said in it"),
}
OWNERS: Mapping[str, str] = {
    "lead": N_("lead"),
    "duty": N_("on duty"),
    "manager": N_("manager"),
}
WORDS = N_(
    "We know that something is not working as it should: {what}. It began {since}. The {team} team is working on it "
    "and we will write again as soon as we know more. We are sorry for the trouble; you need not write to us again."
)


def task(key: str, what: str, t: Words) -> str:
    """A line of a checklist: somebody's words, or the ready ones. Plain text."""
    return what or t(READY.get(key, key))


def owner(line: Line, t: Words) -> str:
    """Whose it is: a role, or a person by name."""
    return line.person.name if line.person else t(OWNERS.get(line.owner, line.owner))


def plan_owner(one: PlanTask, people: Mapping[int, Person], t: Words) -> str:
    """The same in a plan, as it can be typed."""
    if one.owner.startswith("member:"):
        person = people.get(int(one.owner.partition(":")[2]))
        return person.name if person else "?"
    return t(OWNERS.get(one.owner, one.owner))


def plan_name(kind: str, name: str, t: Words) -> str:
    """What a plan is called: its name, else its kind."""
    return name or t(KINDS[kind])


def said(one: Board, language: str) -> str:
    """The approved words in a language, filled in: what it is, since when, which team. Plain text."""
    t = Words(language)
    words = one.words.get(language) or t(WORDS)
    since = t.clock(one.happened_at, one.timezone)
    found = str(one.rule_facts.get("category") or "")  # a detector's sentence says nothing to a customer
    what = found or title(one, one.rule_facts, t, limit=200)
    return filled(words, what=what, since=since, team=one.team)


def raw_words(plan: Plan, language: str) -> str:
    """A plan's words in a language with their placeholders: its own, else the ready ones."""
    return plan.words.get(language) or Words(language)(WORDS)
