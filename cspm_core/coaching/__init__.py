"""Coaching: talks between a lead and an agent, what was noted and promised in them, and how it ended."""

from .awaiting import awaiting
from .briefs import brief
from .contents import AgentLine, Brief, KudosSeen, Mine, NoteSeen, Person, PromiseSeen, TalkSeen
from .holding import hold_talk, open_talk
from .noting import note
from .promising import check_open, check_promise, close_promise, move_promise, promise, reopen
from .reads import last_held, mine, notes_of, open_promises, planned_talks, promises_between, promises_of, talks_of
from .reminding import due_promises, due_talks, remind_of_promise, remind_of_talk
from .rhythms import rhythm, set_rhythm
from .rights import promise_of, talk_of, team_of_pair
from .rules import FOR_A_PERSON, Every, PromiseKind, PromiseStatus, TalkStatus
from .slots import slots
from .tables import Promise, Suggestion, Talk, TalkNote, TalkRhythm
from .talks import (
    SOON,
    cancel_talk,
    check_planned,
    fits,
    move_talk,
    plan_talk,
    planned_of,
    proposals,
)

__all__ = [
    "FOR_A_PERSON",
    "SOON",
    "AgentLine",
    "Brief",
    "Every",
    "KudosSeen",
    "Mine",
    "NoteSeen",
    "Person",
    "Promise",
    "PromiseKind",
    "PromiseSeen",
    "PromiseStatus",
    "Suggestion",
    "Talk",
    "TalkNote",
    "TalkRhythm",
    "TalkSeen",
    "TalkStatus",
    "awaiting",
    "brief",
    "cancel_talk",
    "check_open",
    "check_planned",
    "check_promise",
    "close_promise",
    "due_promises",
    "due_talks",
    "fits",
    "hold_talk",
    "last_held",
    "mine",
    "move_promise",
    "move_talk",
    "note",
    "notes_of",
    "open_promises",
    "open_talk",
    "plan_talk",
    "planned_of",
    "planned_talks",
    "promise",
    "promise_of",
    "promises_between",
    "promises_of",
    "proposals",
    "remind_of_promise",
    "remind_of_talk",
    "reopen",
    "rhythm",
    "set_rhythm",
    "slots",
    "talk_of",
    "talks_of",
    "team_of_pair",
]
