"""What an import of events has to tell, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cspm_core.imports import EventReport

from ..words import Words
from . import reports

FEW = 10


def events(report: EventReport, t: Words) -> Iterator[str]:
    """The report of an import of events, line by line."""
    yield from reports.title(report.dry_run, report.file, t)
    yield reports.count(t("rows read"), report.rows, t)
    yield reports.count(t("events in them"), report.events, t)
    yield reports.count(t("new events"), report.new, t)
    yield reports.count(t("events known before"), report.known, t)
    if not report.dry_run:
        yield reports.count(t("new tickets"), report.new_tickets, t)
        yield reports.count(t("changed tickets"), report.changed_tickets, t)
    yield from reports.refused(report, t)
    yield from _unknown(report, t)
    yield from _waiting(report, t)
    yield from _set_aside(report.set_aside, t)
    yield from reports.unmatched(report.unmatched, t)
    yield from reports.times(report, t)
    yield from reports.reading(report, t)


def _unknown(report: EventReport, t: Words) -> Iterator[str]:
    if report.unknown_kinds:
        yield t(
            "Kinds of events I do not know: {words}. Say in a map what they mean.",
            words=_listed(report.unknown_kinds, t),
        )
    if report.unknown_statuses:
        yield t(
            "Statuses I do not know: {words}. Say in a map what they mean.", words=_listed(report.unknown_statuses, t)
        )


def _listed(words: Counter[str], t: Words) -> str:
    return t.join([f"“{word}” ({t.number(n)})" for word, n in words.most_common(FEW)])


def _waiting(report: EventReport, t: Words) -> Iterator[str]:
    if report.waiting:
        yield t.n(
            "{n} ticket waits: nobody told when it was created ({keys}). Its events are kept for then.",
            "{n} tickets wait: nobody told when they were created ({keys}). Their events are kept for then.",
            report.waiting,
            keys=t.join(list(report.waiting_keys)),
        )


def _set_aside(columns: Counter[str], t: Words) -> Iterator[str]:
    for name, n in columns.most_common():
        yield t.n(
            "{n} value of {column} cannot be; it was set aside, the ticket stays.",
            "{n} values of {column} cannot be; they were set aside, the tickets stay.",
            n,
            column=name,
        )
