"""Each kind of thing that can wait, as one line, and the button that leads to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cspm_core.metrics import CATALOGUE
from cspm_core.waiting import Waiting

from .. import ids
from ..blocks import escape, short, value
from ..detectors import names as detectors
from ..escalations.names import MARKS
from ..escalations.titles import called
from ..kpi.names import name_of
from ..words import N_, Words

Facts = Mapping[str, Any]
LONGEST = 120
FEW = 3
TAKE = N_("I take it")
PROMISES: Mapping[str, str] = {
    "open": N_("Promise of {person} is late: {words}"),
    "kept": N_("{person} kept a promise: {words}"),
    "missed": N_("{person} did not keep a promise: {words}"),
    "dropped": N_("A promise of {person} was dropped: {words}"),
}
"""For the lead to look at, by how it stands."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a kind says, and where its button leads. `carries`: what the button's listener finds its subject by."""

    said: Callable[[Facts, Words], str]
    label: str
    action: str
    carries: str


def said(one: Waiting, t: Words) -> str:
    """One line, escaped for mrkdwn."""
    return WAYS[one.kind].said(one.facts, t)


def button(one: Waiting) -> tuple[str, str]:
    """Its label, untranslated, and its action: an escalation that nobody has is taken from the list itself."""
    if one.kind == "escalation" and one.facts["is_open"]:
        return TAKE, ids.ESCALATION_TAKE
    way = WAYS[one.kind]
    return way.label, way.action


def carried(one: Waiting) -> str:
    """What the button carries."""
    if one.kind == "review_pick":
        return value(team=one.team_id, ticket=one.facts["ticket"], pick=one.subject_id)
    return value(**{WAYS[one.kind].carries: one.subject_id})


def _escalation(facts: Facts, t: Words) -> str:
    what = t("confidential") if facts["is_veiled"] else _what(facts, t)
    line = f"{MARKS[facts['severity']]} *{called(facts['number'])}* {escape(what)}"
    return line if facts["is_open"] or facts.get("is_over") else f"{line} · {t('It is yours.')}"


def _what(facts: Facts, t: Words) -> str:
    told = str(facts["what"]).strip()
    line = told.splitlines()[0] if told else ""
    if not line and facts["rule"]:
        line = detectors.sentence(facts["rule"], json.loads(facts["rule_facts"]), t)
    return short(line or t("confidential"), LONGEST)


def _check_back(facts: Facts, t: Words) -> str:
    return t("Ask the customer of *{number}* how it is now", number=called(facts["number"]))


def _pick(facts: Facts, t: Words) -> str:
    return t("Review *{ticket}*, handled by {agent}", ticket=_short(facts["key"]), agent=_short(facts["agent"]))


def _draft(facts: Facts, t: Words) -> str:
    return t("Finish your review of *{ticket}* ({agent})", ticket=_short(facts["key"]), agent=_short(facts["agent"]))


def _to_read(facts: Facts, t: Words) -> str:
    return t("Read the review of *{ticket}*", ticket=_short(facts["key"]))


def _dispute(facts: Facts, t: Words) -> str:
    return t("Decide: {agent} sees the review of *{ticket}* differently", agent=_short(facts["agent"]),
             ticket=_short(facts["key"]))  # fmt: skip


def _calibration(facts: Facts, t: Words) -> str:
    done, of = t.number(facts["done"]), t.number(facts["of"])
    name = _short(facts["name"] or facts["team"])
    return t("Score the calibration *{name}*: {done} of {all} done", name=name, done=done, all=of)


def _talk(facts: Facts, t: Words) -> str:
    if facts["is_asked"]:
        return t("Does the talk with {person} fit?", person=_short(facts["other"]))
    return t("Talk with {person}", person=_short(facts["other"]))


def _promise(facts: Facts, t: Words) -> str:
    return t("You promised: {words}", words=_short(facts["words"]))


def _check(facts: Facts, t: Words) -> str:
    return t(PROMISES[facts["status"]], person=_short(facts["other"]), words=_short(facts["words"]))


def _suggestion(facts: Facts, t: Words) -> str:
    if "n" not in facts:
        return t("Suggestion about {person}", person=_short(facts["member"]))
    members = list(facts["members"])
    people = t.join(members[:FEW]) if len(members) <= FEW else t("{people} and others", people=", ".join(members[:FEW]))
    return t.n("{n} suggestion about {people}", "{n} suggestions about {people}", facts["n"], people=_short(people))


def _performance(facts: Facts, t: Words) -> str:
    return t("Write your words for the performance talk with {person}", person=_short(facts["other"]))


def _goal(facts: Facts, t: Words) -> str:
    key = str(facts["metric"])
    figure = name_of(CATALOGUE[key], t) if key in CATALOGUE else escape(key)
    return t("{person} proposes a goal: {figure}", person=_short(facts["by"]), figure=figure)


def _note(facts: Facts, t: Words) -> str:
    return t("{person} told you something in confidence", person=_short(facts["person"]))


def _plan(facts: Facts, t: Words) -> str:
    return t("Read and confirm the plan with {person}", person=_short(facts["person"]))


def _names(facts: Facts, t: Words) -> str:
    return t("Say whose names they are: much of {team}’s work stands under names of nobody", team=_short(facts["team"]))


def _setup(facts: Facts, t: Words) -> str:
    n, total = t.number(facts["done"]), t.number(facts["of"])
    return t("Go on setting {team} up: {n} of {total} steps done", team=_short(facts["team"]), n=n, total=total)


def _short(words: object) -> str:
    return escape(short(" ".join(str(words).split()), LONGEST))


WAYS: Mapping[str, Way] = {
    "escalation": Way(_escalation, N_("Show"), ids.ESCALATION_SHOW, "escalation"),
    "check_back": Way(_check_back, N_("Show"), ids.ESCALATION_SHOW, "escalation"),
    "dispute": Way(_dispute, N_("Decide"), ids.DISPUTE_DECIDE, "dispute"),
    "goal_to_agree": Way(_goal, N_("Show"), ids.GOAL_SHOW, "goal"),
    "plan_to_confirm": Way(_plan, N_("Show"), ids.PLAN_SHOW, "plan"),
    "confidential_note": Way(_note, N_("Show"), ids.NOTE_SHOW, "note"),
    "talk": Way(_talk, N_("Open it"), ids.COACH_OPEN, "talk"),
    "promise": Way(_promise, N_("Kept?"), ids.COACH_CLOSE, "promise"),
    "promise_check": Way(_check, N_("Look"), ids.COACH_CHECK, "promise"),
    "performance_talk": Way(_performance, N_("Open it"), ids.COACH_PERFORMANCE, "performance"),
    "review_pick": Way(_pick, N_("Review it"), ids.REVIEW_TICKET, "pick"),
    "review_draft": Way(_draft, N_("Go on"), ids.REVIEW_OPEN, "review"),
    "calibration": Way(_calibration, N_("Open it"), ids.CALIBRATION_OPEN, "calibration"),
    "review_to_read": Way(_to_read, N_("Read"), ids.DISPUTE_REVIEW, "review"),
    "names_to_match": Way(_names, N_("Show"), ids.MATCHING_SHOW, "team"),
    "setup_to_finish": Way(_setup, N_("Go on"), ids.SETUP_OPEN, "team"),
    "suggestion": Way(_suggestion, N_("Suggestions"), ids.COACH_SUGGESTIONS, "suggestion"),
}
