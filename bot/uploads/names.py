"""What dropped files can hold, how they are taken, and what their reports count, in a lead's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspm_core.imports import Fault, Reason, Unreadable
from cspm_core.uploads import Reason as Why

from ..blocks import short
from ..imports import words
from ..words import N_, Words

KINDS: Mapping[str, str] = {
    "tickets": N_("Tickets"),
    "events": N_("Events of tickets (a log)"),
    "calls": N_("Calls"),
    "reviews": N_("QA reviews"),
    "shifts": N_("Shifts (who works when)"),
    "people": N_("People and their roles"),
}
LOOKS_LIKE: Mapping[str, str] = {
    "tickets": N_("This looks like tickets."),
    "events": N_("This looks like a log of what happened to tickets."),
    "calls": N_("This looks like calls."),
    "reviews": N_("This looks like QA reviews."),
    "shifts": N_("This looks like shifts."),
    "people": N_("This looks like a list of people."),
}
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "big5": "Big5 (繁體中文)",
    "cp949": "EUC-KR / CP949 (한국어)",
    "gb18030": "GB18030 (简体中文)",
}
COUNTS: Mapping[str, str] = {
    "events": N_("events told of"),
    "new": N_("new"),
    "known": N_("known already"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "removed": N_("removed: the file covers their days and does not have them"),
    "older": N_("left alone: newer data is known"),
    "duplicates": N_("repeated in the file: the last row counts"),
    "matched": N_("names in the tickets are somebody now"),
    "waiting": N_("tickets whose beginning is not known yet"),
    "new_tickets": N_("new tickets"),
    "changed_tickets": N_("changed tickets"),
    "unchanged_tickets": N_("unchanged tickets"),
}
PHASES: Mapping[str, str] = {
    "reading": N_("Reading the file"),
    "looking": N_("Looking at every row"),
    "writing": N_("Writing"),
    "following": N_("Working the tickets out"),
}
WHY: Mapping[str, str] = {
    Why.NOT_CSV: N_(
        "I cannot import {file}. Drop a CSV file (.csv, .tsv), or a zip file with one. From a spreadsheet: “Save as”, "
        "then CSV."
    ),
    Why.TOO_LARGE: N_(
        "{file} is larger than 100 MB, which is too much for Slack and me. An operator can load it: "
        "`cspm import tickets FILE --team TEAM`."
    ),
    Why.FOR_ADMINS: N_("Lists of people give out roles, so only admins load them. Pass {file} on to an admin."),
    Why.GONE: N_("{file} is not in Slack any more, or I may not read it. Drop it here again."),
    Why.NOT_REACHED: N_("Slack did not give me {file}. Try again in a minute; `cspm doctor` tells an operator more."),
    Why.ACCIDENT: N_("Something broke on our side while {file} was imported. Try again; the same rows change nothing."),
}


def reason(key: str, t: Words, *, is_lead: bool = False) -> str:
    """Why a row was refused."""
    if is_lead and key == Reason.UNKNOWN_TEAM:
        return t("a team that does not exist, or is not yours")
    return words.reason(key, t) if key in words.REASONS else key


def unreadable(problem: Unreadable, t: Words) -> str:
    """Why nothing of a file can be read, and what to do about it here, where nobody has a command line."""
    said = _HERE.get(problem.fault)
    return said(t, problem) if said else words.unreadable(problem, t)


def _columns(t: Words, problem: Unreadable) -> str:
    return t.join([f"“{short(name, 60)}”" for name in problem.known[:12]])


_HERE: Mapping[Fault, Callable[[Words, Unreadable], str]] = {
    Fault.BAD_ZIP: lambda t, p: t(
        "{file} is a zip file that cannot be opened: it is damaged, locked or too large inside.", file=p.about
    ),
    Fault.SEVERAL_IN_ZIP: lambda t, p: t(
        "{file} holds several CSV files: {names}. Unpack it and drop them one by one.",
        file=p.about,
        names=_columns(t, p),
    ),
    Fault.NO_COLUMN: lambda t, p: t(
        "No column says what the {column} is. The file has: {names}. Name the right one “{column}” in the file and "
        "drop it again, or ask an operator to load it with a map.",
        column=p.about,
        names=_columns(t, p),
    ),
    Fault.BAD_ENCODING: lambda t, p: t(
        "The file is not written in {encoding}. Choose how it is written.", encoding=p.about
    ),
    Fault.DAY_OR_MONTH: lambda t, p: t(
        "The dates in {file} do not tell whether the day or the month comes first. Choose which.", file=p.about
    ),
    Fault.NO_TEAM: lambda t, p: t("Whose rows are these? Choose the team."),  # noqa: ARG005
}
