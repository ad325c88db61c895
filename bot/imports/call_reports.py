"""What an import of calls has to tell, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cspm_core.imports import CallReport

from ..words import Words
from . import reports


def calls(report: CallReport, t: Words) -> Iterator[str]:
    """The report of an import of calls, line by line."""
    yield from reports.title(report.dry_run, report.file, t)
    yield reports.count(t("rows read"), report.rows, t)
    yield reports.count(t("new"), report.new, t)
    yield reports.count(t("changed"), report.changed, t)
    yield reports.count(t("unchanged"), report.unchanged, t)
    if report.older:
        yield reports.count(t("left alone: newer data is known"), report.older, t)
    if report.duplicates:
        yield reports.count(t("repeated in the file: the last row of a call counts"), report.duplicates, t)
    yield from reports.refused(report, t)
    yield from _set_aside(report, t)
    yield from reports.unmatched(report.unmatched, t)
    yield from reports.times(report, t)
    yield from reports.reading(report, t)


def _set_aside(report: CallReport, t: Words) -> Iterator[str]:
    for name, n in report.set_aside.most_common():
        yield t.n(
            "{n} value of {column} cannot be; it was set aside, the call stays.",
            "{n} values of {column} cannot be; they were set aside, the calls stay.",
            n,
            column=report.columns.get(name, name),
        )
    if report.unknown_words:
        words = t.join([f"“{word}” ({t.number(n)})" for word, n in report.unknown_words.most_common(reports.FEW)])
        yield t("Words I do not know: {words}. Say in a map what they mean.", words=words)
