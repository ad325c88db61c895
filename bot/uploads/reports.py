"""What an import, or its rehearsal, found, as lines of Slack's markup. Pure words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from cspm_core.uploads import Told

from ..blocks import escape, short
from ..words import Words
from .names import COUNTS, reason

NAME = 60
FEW = 8
MAIN = ("new", "changed", "unchanged")
MATCHED = ("tickets", "events", "calls", "reviews", "people")
"""Kinds of which names are kept until somebody says whose they are; rows of the others are refused."""


def lines(told: Told, t: Words, *, is_lead: bool = False) -> Iterator[str]:
    """Counts first, then what was left out and why, then what to do about it."""
    yield t.n("*{n}* row read.", "*{n}* rows read.", told.rows)
    yield from _counts(told, t)
    yield from _refused(told, t, is_lead=is_lead)
    yield ""
    yield from _set_aside(told, t)
    yield from _nobodys(told, t)
    yield from _times(told, t)
    if told.guessed_encoding:
        yield t("The file is not UTF-8 and was read as Windows-1252. If names look wrong, choose how it is written.")
    if told.unused:
        yield t("Columns not used: {names}.", names=names(told.unused, t))


def _counts(told: Told, t: Words) -> Iterator[str]:
    for key, n in told.counts:
        if n or key in MAIN:
            yield f"• *{t.number(n)}* {t(COUNTS[key])}"


def _refused(told: Told, t: Words, *, is_lead: bool) -> Iterator[str]:
    if not told.refused_rows:
        return
    yield f"• *{t.number(told.refused_rows)}* {t('refused')}"
    for key, n in told.refused[:FEW]:
        yield f"      ◦ *{t.number(n)}* {escape(reason(key, t, is_lead=is_lead))}"


def _set_aside(told: Told, t: Words) -> Iterator[str]:
    for column, n in told.set_aside[:FEW]:
        yield t.n(
            "{n} value of {column} cannot be; it was set aside, the row stays.",
            "{n} values of {column} cannot be; they were set aside, the rows stay.",
            n,
            column=_name(column),
        )
    if told.statuses:
        found = t.join([f"“{_name(word)}” ({t.number(n)})" for word, n in told.statuses[:FEW]])
        yield t("Statuses I do not know: {words}. An operator can say in a map what they mean.", words=found)
    if told.words:
        found = t.join([f"“{_name(word)}” ({t.number(n)})" for word, n in told.words[:FEW]])
        yield t("Words I do not know: {words}. An operator can say in a map what they mean.", words=found)


def _nobodys(told: Told, t: Words) -> Iterator[str]:
    if not told.nobodys:
        return
    found = [f"{_name(name)} ({t.number(n)})" for name, n in told.nobodys[:FEW]]
    rest = told.nobodys_total - len(found)
    if rest > 0:
        found.append(t.n("{n} more", "{n} more", rest))
    if told.kind in MATCHED:
        yield t("Names that match nobody yet: {names}. A lead says whose they are: `/cspm names`.", names=t.join(found))
    else:
        yield t("People I do not know yet: {names}. A list of people tells me who they are.", names=t.join(found))


def _times(told: Told, t: Words) -> Iterator[str]:
    if told.timezone_of_team and told.timezone:
        yield t("Times without a zone were taken in the team's, {zone}.", zone=told.timezone)
    if told.skipped_times:
        yield t.n(
            "{n} time does not exist, since the clocks went forward over it; it was moved forward.",
            "{n} times do not exist, since the clocks went forward over them; they were moved forward.",
            told.skipped_times,
        )
    if told.double_times:
        yield t.n(
            "{n} time came twice, since the clocks went back; the first was taken.",
            "{n} times came twice, since the clocks went back; the first was taken.",
            told.double_times,
        )
    if told.complete_until:
        at = datetime.fromisoformat(told.complete_until)
        yield t("The data is complete until {clock}.", clock=t.moment(at, told.timezone or "UTC"))
    if told.is_ahead:
        yield t("That lies ahead, and until then every other file counts as older. Check the times in the file.")


def names(found: Iterable[str], t: Words, most: int = 20, *, are_people: bool = False) -> str:
    """Names from a file, the first of them, cut and escaped. `are_people`: the rest is counted as people."""
    every = [_name(one) for one in found]
    rest = len(every) - most
    if rest <= 0:
        return t.join(every)
    more = t.n("{n} more person", "{n} more people", rest) if are_people else t.n("{n} more", "{n} more", rest)
    return t.join([*every[:most], more])


def _name(text: str) -> str:
    """A name from a file inside markup, on one line."""
    return escape(short(" ".join(text.split()), NAME))


def text(told: Told, t: Words, *, is_lead: bool = False, most: int = 2900) -> str:
    """The lines as one section, as many as fit."""
    kept: list[str] = []
    for line in lines(told, t, is_lead=is_lead):
        if sum(map(len, kept)) + len(kept) + len(line) > most:
            kept.append("…")
            break
        kept.append(line)
    return "\n".join(kept).strip()


def escaped(said: str, most: int = 2_900) -> str:
    """A sentence that may quote a file, inside markup, as much of it as fits."""
    while len(escape(said)) > most:
        said = short(said, len(said) * 9 // 10)
    return escape(said)
