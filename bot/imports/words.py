"""What can be wrong with a file or a row, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspm_core.imports import CallReason, EventReason, Fault, Reason, ReviewReason, ShiftReason, Unreadable

from ..words import N_, Words

REASONS: Mapping[str, str] = {
    Reason.TOO_FEW_FIELDS: N_("fewer fields than the header"),
    Reason.TOO_MANY_FIELDS: N_("more fields than the header"),
    Reason.NO_ID: N_("no id"),
    Reason.NO_CREATION: N_("no creation time"),
    Reason.UNREADABLE_CREATION: N_("a creation time that cannot be read"),
    Reason.NO_TEAM: N_("no team"),
    Reason.UNKNOWN_TEAM: N_("a team that does not exist"),
    Reason.NO_NAME: N_("no name"),
    Reason.BAD_EMAIL: N_("not an e-mail address"),
    Reason.BAD_SLACK_USER: N_("not a Slack user id (U… or W…)"),
    Reason.UNKNOWN_ROLE: N_("a role that does not exist (admin, executive, manager, lead, qa_reviewer, agent)"),
    Reason.ROLE_NEEDS_TEAM: N_("this role needs a team"),
    Reason.UNKNOWN_LANGUAGE: N_("a language I do not speak (en, zh_TW, nl, ko)"),
    Reason.BAD_DAY: N_("a day that cannot be read"),
    Reason.DAYS_REVERSED: N_("the last day comes before the first"),
    Reason.NAME_TAKEN: N_("a name that is another person's already"),
    Reason.EMAIL_TAKEN: N_("an e-mail address and a Slack user id of two different people"),
    CallReason.NO_QUEUE_TIME: N_("no time at which it entered the queue"),
    CallReason.UNREADABLE_QUEUE_TIME: N_("a time in the queue that cannot be read"),
    EventReason.NO_TICKET: N_("no ticket"),
    EventReason.NO_TIME: N_("no time"),
    EventReason.BAD_TIME: N_("a time that cannot be read"),
    EventReason.AHEAD: N_("a time that has not come yet"),
    EventReason.NO_KIND: N_("no kind of event"),
    EventReason.UNKNOWN_KIND: N_("a kind of event I do not know"),
    EventReason.BAD_ACTOR_KIND: N_("somebody who is neither agent, customer nor bot"),
    EventReason.NO_ACTOR_KIND: N_("a public reply that does not say whether an agent or a bot gave it"),
    EventReason.BAD_VALUE: N_("a value that does not fit the kind of event"),
    EventReason.UNKNOWN_STATUS: N_("a status I do not know"),
    EventReason.BAD_RATING: N_("no answer on its scale"),
    EventReason.ID_TAKEN: N_("an event that came before with another content; what came first stands"),
    ReviewReason.NO_AGENT: N_("no agent"),
    ReviewReason.NO_SCORECARD: N_("no scorecard"),
    ReviewReason.NO_CRITERION: N_("no criterion"),
    ReviewReason.NO_SCORE: N_("neither a score nor “not applicable”"),
    ReviewReason.BAD_NUMBER: N_("a number that cannot be read"),
    ReviewReason.BAD_SCALE: N_("a scale or a weight that cannot be: the highest score must lie above the lowest"),
    ReviewReason.OFF_SCALE: N_("a score beyond its scale"),
    ReviewReason.BAD_TRUTH: N_("“critical” or “not applicable” is neither yes nor no"),
    ReviewReason.OF_CALIBRATION: N_("scored for a calibration, so it is no review of somebody's work"),
    ReviewReason.CONTRADICTS: N_("rows of one review that contradict each other, such as two agents"),
    ReviewReason.CRITERION_TWICE: N_("two scores of one criterion in one review"),
    ReviewReason.INCOMPLETE: N_("another row of the same review was refused"),
    ShiftReason.NO_PERSON: N_("no person"),
    ShiftReason.UNKNOWN_PERSON: N_("a person I do not know; `cspm import people` adds them"),
    ShiftReason.NO_TEAM: N_("no team, and the person is in none or in several"),
    ShiftReason.BAD_START: N_("a beginning that cannot be read"),
    ShiftReason.BAD_END: N_("an end that cannot be read"),
    ShiftReason.ENDS_FIRST: N_("it does not end after it begins"),
    ShiftReason.TOO_LONG: N_("longer than 92 days"),
    ShiftReason.BAD_TIMEZONE: N_("a time zone that does not exist"),
    ShiftReason.TOO_OFTEN: N_("it repeats more often than daily"),
    ShiftReason.BAD_REPEAT: N_("a repetition that cannot be read"),
}


def reason(key: str, t: Words) -> str:
    """Why a row was refused."""
    return t(REASONS[key])


def unreadable(problem: Unreadable, t: Words) -> str:
    """Why nothing of a file could be read, and what to do."""
    said = _SENTENCES[problem.fault](t, problem)
    if problem.nearest:
        said = t("{said} Did you mean “{nearest}”?", said=said, nearest=problem.nearest)
    return said


def _known(t: Words, problem: Unreadable) -> str:
    return t.join([f"“{name}”" for name in problem.known])


_SENTENCES: Mapping[Fault, Callable[[Words, Unreadable], str]] = {
    Fault.NO_FILE: lambda t, p: t("There is no file {path}.", path=p.about),
    Fault.FOLDER: lambda t, p: t("{path} is a folder. Name the file in it.", path=p.about),
    Fault.NOT_CSV: lambda t, p: t("{file} is no CSV file. Save or export it as CSV, and import that.", file=p.about),
    Fault.EMPTY: lambda t, p: t("{file} is empty.", file=p.about),
    Fault.NO_ROWS: lambda t, p: t("{file} has a header but no rows.", file=p.about),
    Fault.BAD_ZIP: lambda t, p: t("{file} is a zip file that cannot be opened: it is damaged or locked.", file=p.about),
    Fault.NO_CSV_IN_ZIP: lambda t, p: t("{file} holds no CSV file.", file=p.about),
    Fault.SEVERAL_IN_ZIP: lambda t, p: t(
        "{file} holds several CSV files: {names}. Unpack it and import them one by one.",
        file=p.about,
        names=_known(t, p),
    ),
    Fault.BAD_ENCODING: lambda t, p: t(
        "The file is not written in {encoding}. Name its encoding with --encoding.", encoding=p.about
    ),
    Fault.UNKNOWN_ENCODING: lambda t, p: t(
        "There is no encoding called {encoding}. Common ones are utf-8, utf-16, cp1252, big5 and euc-kr.",
        encoding=p.about,
    ),
    Fault.UNCLOSED_QUOTE: lambda t, p: t("A quotation mark on line {line} is never closed.", line=p.about),
    Fault.NO_COLUMN: lambda t, p: t(
        "No column says what the {column} is. The file has: {names}. Name the right one in a map: "
        "`columns: {{{column}: NAME}}`, then --map FILE.yaml (--template shows one).",
        column=p.about,
        names=_known(t, p),
    ),
    Fault.NO_SUCH_COLUMN: lambda t, p: t(
        "The map names a column “{column}”, but the file has: {names}.", column=p.about, names=_known(t, p)
    ),
    Fault.DAY_OR_MONTH: lambda t, p: t(
        "The dates in {file} do not tell whether the day or the month comes first. Say --day-first or --month-first.",
        file=p.about,
    ),
    Fault.NO_TEAM: lambda t, p: t(
        "Whose tickets are these? Name the team with --team, or add a column “team”. There are: {names}.",
        names=_known(t, p),
    ),
    Fault.BAD_INSTANT: lambda t, p: t("--exported-at takes a time such as 2026-11-23T17:00, not “{at}”.", at=p.about),
    Fault.BAD_MAP: lambda t, p: t(
        "The map cannot be read at {place}: it is a YAML file as --template prints one.", place=p.about
    ),
    Fault.UNKNOWN_IN_MAP: lambda t, p: t(
        "The map says “{name}”, which is none of: {names}.", name=p.about, names=_known(t, p)
    ),
    Fault.NOTHING_READ: lambda t, p: t("None of the rows in {file} could be read.", file=p.about),
}
