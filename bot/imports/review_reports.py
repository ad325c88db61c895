"""What an import of reviews has to tell, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cspm_core.imports import ReviewReport

from ..words import Words
from . import reports


def reviews(report: ReviewReport, t: Words) -> Iterator[str]:
    """The report of an import of reviews, line by line."""
    yield from reports.title(report.dry_run, report.file, t)
    yield reports.count(t("rows read"), report.rows, t)
    yield reports.count(t("reviews in them"), report.reviews, t)
    yield reports.count(t("new"), report.new, t)
    yield reports.count(t("changed"), report.changed, t)
    yield reports.count(t("unchanged"), report.unchanged, t)
    if report.duplicates:
        yield reports.count(t("rows that stand there twice"), report.duplicates, t)
    yield from reports.refused(report, t)
    yield from _picked(report, t)
    yield from _scorecards(report, t)
    if report.unknown_contacts:
        yield t.n(
            "{n} review is of a ticket or call I do not know; it is kept.",
            "{n} reviews are of tickets or calls I do not know; they are kept.",
            report.unknown_contacts,
        )
    yield from reports.unmatched(report.unmatched, t)
    if report.unknown_reviewers:
        yield t("Reviewers who are no person yet: {names}.", names=_listed(report.unknown_reviewers, t))
    yield from reports.zone(report, t)
    yield from reports.changes_of_clocks(report, t)
    yield from reports.reading(report, t)


def _picked(report: ReviewReport, t: Words) -> Iterator[str]:
    """What makes the quality score, and what does not."""
    yield t.n(
        "{n} review is of a random sample; only those make the quality score (IQS).",
        "{n} reviews are of random samples; only those make the quality score (IQS).",
        report.random,
    )
    if report.without_stratum:
        yield t.n(
            "{n} review does not say how its ticket was picked; it counts as chosen by hand.",
            "{n} reviews do not say how their tickets were picked; they count as chosen by hand.",
            report.without_stratum,
        )
    if report.unknown_strata:
        yield t(
            "Ways to pick tickets that I do not know, counted as chosen by hand: {words}. Say in a map what they mean.",
            words=_listed(report.unknown_strata, t, "“{}”"),
        )


def _scorecards(report: ReviewReport, t: Words) -> Iterator[str]:
    if report.scorecards:
        names = t.join([f"“{name}”" for name in report.scorecards[: reports.FEW]])
        yield t.n("{n} new scorecard: {names}.", "{n} new scorecards: {names}.", len(report.scorecards), names=names)
    if report.versions > len(report.scorecards):
        yield t.n(
            "{n} set of criteria was new; each is a version of its scorecard.",
            "{n} sets of criteria were new; each is a version of its scorecard.",
            report.versions,
        )


def _listed(names: Counter[str], t: Words, form: str = "{}") -> str:
    return t.join([f"{form.format(name)} ({t.number(n)})" for name, n in names.most_common(reports.FEW)])
