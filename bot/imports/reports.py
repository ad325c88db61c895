"""What an import has to tell, as lines for a terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cspm_core.imports import CallReport, EventReport, PeopleReport, ReviewReport, ShiftReport, TicketReport

from ..words import Words
from .words import reason

FEW = 10
Report = TicketReport | CallReport | EventReport | PeopleReport | ReviewReport | ShiftReport


def tickets(report: TicketReport, t: Words) -> Iterator[str]:
    """The report of a tickets import, line by line."""
    yield from title(report.dry_run, report.file, t)
    yield count(t("rows read"), report.rows, t)
    if report.resumed_at:
        yield count(t("of them written before an earlier import was cut off"), report.resumed_at, t)
    yield count(t("new"), report.new, t)
    yield count(t("changed"), report.changed, t)
    yield count(t("unchanged"), report.unchanged, t)
    if report.older:
        yield count(t("left alone: newer data is known"), report.older, t)
    if report.duplicates:
        yield count(t("repeated in the file: the last row of a ticket counts"), report.duplicates, t)
    yield from refused(report, t)
    yield from _set_aside(report, t)
    yield from unmatched(report.unmatched, t)
    yield from times(report, t)
    yield from reading(report, t)


def people(report: PeopleReport, t: Words) -> Iterator[str]:
    """The report of a people import, line by line."""
    yield from title(report.dry_run, report.file, t)
    yield count(t("rows read"), report.rows, t)
    yield count(t("new"), report.new, t)
    yield count(t("changed"), report.changed, t)
    yield count(t("unchanged"), report.unchanged, t)
    yield from refused(report, t)
    if report.matched:
        yield t.n(
            "{n} name in the tickets is somebody now.", "{n} names in the tickets are somebody now.", report.matched
        )
    yield from unmatched(report.unmatched, t)
    yield from reading(report, t)


def shifts(report: ShiftReport, t: Words) -> Iterator[str]:
    """The report of a roster, line by line."""
    yield from title(report.dry_run, report.file, t)
    yield count(t("rows read"), report.rows, t)
    yield count(t("new"), report.new, t)
    yield count(t("changed"), report.changed, t)
    yield count(t("removed: the file covers their days and does not have them"), report.removed, t)
    yield count(t("unchanged"), report.unchanged, t)
    yield from refused(report, t)
    if report.unknown:
        names = [f"{name} ({t.number(n)})" for name, n in report.unknown.most_common(FEW)]
        yield t("People I do not know: {names}. Add them, and import the refused rows.", names=t.join(names))
    yield from changes_of_clocks(report, t)
    yield from reading(report, t)


def title(dry_run: bool, file: str, t: Words) -> Iterator[str]:
    """Which file, and whether anything was written."""
    yield t("{file}: only looked at, nothing was written (--dry-run).", file=file) if dry_run else f"{file}"


def count(label: str, n: int, t: Words) -> str:
    """A number and what it counts."""
    return f"  {t.number(n):>9}  {label}"


def refused(report: Report, t: Words) -> Iterator[str]:
    """The rows that could not be taken, by reason."""
    yield count(t("refused"), report.refused.total(), t)
    for key, n in report.refused.most_common():
        yield f"  {t.number(n):>13}  {reason(key, t)}"
    if report.refused_file:
        yield t("The refused rows, each with its line and reason: {path}", path=report.refused_file)


def _set_aside(report: TicketReport, t: Words) -> Iterator[str]:
    for name, n in report.set_aside.most_common():
        yield t.n(
            "{n} value of {column} cannot be; it was set aside, the ticket stays.",
            "{n} values of {column} cannot be; they were set aside, the tickets stay.",
            n,
            column=report.columns.get(name, name),
        )
    if report.unknown_statuses:
        words = t.join([f"“{word}” ({t.number(n)})" for word, n in report.unknown_statuses.most_common(FEW)])
        yield t("Statuses I do not know: {words}. Say in a map what they mean.", words=words)


def unmatched(agents: Counter[str], t: Words) -> Iterator[str]:
    """Names that are nobody yet."""
    if not agents:
        return
    yield t.n(
        "{n} agent matches no person yet. `cspm import people` tells who that is:",
        "{n} agents match no person yet. `cspm import people` tells who they are:",
        len(agents),
    )
    for name, n in agents.most_common(FEW):
        yield f"  {t.number(n):>9}  {name}"
    if len(agents) > FEW:
        yield "  " + t.n("and {n} more", "and {n} more", len(agents) - FEW)
    yield t("`cspm people names` shows who each probably is; in Slack, a lead confirms them with `/cspm names`.")


def times(report: TicketReport | CallReport | EventReport, t: Words) -> Iterator[str]:
    """How times were read, and how far the data reaches."""
    yield from zone(report, t)
    yield from changes_of_clocks(report, t)
    if report.complete_until:
        clock = t.clock(report.complete_until, report.timezone)
        yield t("The data is complete until {clock} ({instant}).", clock=clock, instant=_iso(report.complete_until))
    if report.is_ahead:
        yield t(
            "That is later than this machine's clock, and until then every other file counts as older. Check "
            "--exported-at, the times in the file and the clock."
        )


def zone(report: TicketReport | CallReport | EventReport | ReviewReport, t: Words) -> Iterator[str]:
    """In which zone times were taken that name none."""
    if report.timezone_of_team:
        yield t(
            "Times without a zone were taken in the team's, {zone}. If that is wrong, import again with --timezone.",
            zone=report.timezone,
        )


def changes_of_clocks(
    report: TicketReport | CallReport | EventReport | ReviewReport | ShiftReport, t: Words
) -> Iterator[str]:
    """Times that the clocks skipped or had twice."""
    if report.skipped_times:
        yield t.n(
            "{n} time does not exist, since the clocks went forward over it; it was moved forward.",
            "{n} times do not exist, since the clocks went forward over them; they were moved forward.",
            report.skipped_times,
        )
    if report.double_times:
        yield t.n(
            "{n} time came twice, since the clocks went back; the first was taken.",
            "{n} times came twice, since the clocks went back; the first was taken.",
            report.double_times,
        )


def reading(report: Report, t: Words) -> Iterator[str]:
    """How the file was written, and what of it was left unread."""
    if report.guessed_encoding:
        yield t("The file is not UTF-8 and was read as Windows-1252. If names look wrong, name its --encoding.")
    if report.unused:
        yield t("Columns not used: {names}.", names=t.join(list(report.unused[:20])))


def _iso(at: Any) -> str:
    return str(at.isoformat().replace("+00:00", "Z"))


def as_json(report: Report) -> dict[str, Any]:
    """The same as plain data: keys, not words."""
    facts: dict[str, Any] = {
        name: getattr(report, name) for name in report.__dataclass_fields__ if name not in ("refused", "refused_file")
    }
    facts["refused"] = report.refused.total()
    facts["refused_reasons"] = dict(report.refused)
    facts["refused_file"] = str(report.refused_file) if report.refused_file else None
    for name, value in facts.items():
        if isinstance(value, Counter):
            facts[name] = dict(value)
    if "complete_until" in facts:
        facts["complete_until"] = _iso(report.complete_until) if report.complete_until else None  # type: ignore[union-attr]
    return facts
