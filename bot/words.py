"""One reader's words: t("Acknowledge"), t.n("{n} ticket", "{n} tickets", n), numbers, durations and moments."""

from __future__ import annotations

import gettext
import io
import math
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from .slash import prefixed

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "zh_TW", "nl", "ko")
MINUTE, HOUR, DAY = 60, 3600, 86400
FINEST = 6
"""Decimals of a percentage: enough for one ticket in a hundred million."""
BETWEEN_DAY_AND_TIME = {"zh_TW": " ", "ko": " "}


def N_(message: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return message


def _precision(seconds: float) -> int:
    """The seconds of the last unit that a duration of that length is told in."""
    if seconds < MINUTE:
        return 1
    return MINUTE if round(seconds / MINUTE) * MINUTE < DAY else HOUR


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one language, read from its .po file; English needs none."""
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Words:
    """The words of one language. `t("…", name=value)` fills the braces after translating.

    Commands in them are called as in the reader's workspace: with its `prefix`, if it has one. Where it is known which
    `year` the reader has, a day of another one says its own.
    """

    def __init__(self, language: str, prefix: str = "", *, year: int | None = None) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.prefix = prefix
        self.year = year
        self._locale = Locale.parse(self.language)

    def __call__(self, message: str, **facts: object) -> str:
        text = self.command(_catalogue(self.language).gettext(message))
        return text.format(**facts) if facts else text

    def n(self, one: str, many: str, n: int, **facts: object) -> str:
        """The right plural of a sentence that holds {n}."""
        text = self.command(_catalogue(self.language).ngettext(one, many, n))
        return text.format(n=self.number(n), **facts)

    def command(self, typed: str) -> str:
        """What is typed, as in `/kpi team Returns`, with the command's name in this workspace."""
        return prefixed(typed, self.prefix)

    def number(self, value: float, digits: int = 0) -> str:
        """12,345 or 12.345, with at most `digits` decimals."""
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self._locale))

    def share(self, value: float, *, finely: int = 0) -> str:
        """A share between 0 and 1 as a percentage, with at least `finely` decimals.

        Close to the ends it has as many as it takes, so that 99.96 % is not 100 % and 0.04 % not 0 %.
        """
        decimals = max(finely, 1 if 0 < value < 0.01 or 0.99 < value < 1 else 0)
        while decimals < FINEST and 0 < value < 1 and self._percent(value, decimals) in self._ends(decimals):
            decimals += 1
        return self._percent(value, decimals)

    def _percent(self, value: float, decimals: int) -> str:
        return str(format_percent(value, format=f"#,##0.{'#' * decimals}%", locale=self._locale))

    def _ends(self, decimals: int) -> tuple[str, str]:
        return self._percent(0, decimals), self._percent(1, decimals)

    def duration(self, seconds: float, *, finely: bool = False) -> str:
        """The largest unit and the next, rounded, as the reader's language writes them: 1 hr 30 min, 2 days.

        `finely`: to the second, however long.
        """
        step = 1 if finely else _precision(seconds)
        rest = math.floor(seconds) if step == 1 else round(seconds / step) * step
        counts = []
        for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")):
            n, rest = divmod(rest, size)
            counts.append((n, unit))
        return " ".join(self._unit(n, unit) for n, unit in counts if n) or self._unit(0, "second")

    def _unit(self, n: int, unit: str) -> str:
        return format_unit(n, f"duration-{unit}", "short", locale=self._locale)

    def join(self, parts: list[str]) -> str:
        """a, b and c."""
        if self.language == "zh_TW" and len(parts) > 1:  # 和 keeps a space from Latin letters and digits
            left = parts[-2] + " " * parts[-2][-1:].isascii()
            parts = [*parts[:-2], left, " " * parts[-1][:1].isascii() + parts[-1]]
        return format_list(parts, locale=self._locale)

    def sentences(self, *said: str) -> str:
        """One after another; Chinese puts no space between."""
        return ("" if self.language == "zh_TW" else " ").join(filter(None, said))

    def day(self, day: date) -> str:
        """Mon, Nov 23; of another year than the reader's: Thu, Jan 4, 2024."""
        skeleton = "MMMEd" if self.year in (None, day.year) else "yMMMEd"
        return format_skeleton(skeleton, datetime.combine(day, time()), locale=self._locale)

    def long_day(self, day: date) -> str:
        """23 November 2026."""
        return format_date(day, "long", locale=self._locale)

    def weekday(self, day: date) -> str:
        """Monday."""
        return format_date(day, "EEEE", locale=self._locale)

    def clock(self, at: datetime, timezone: str) -> str:
        """Mon, Nov 23, 09:05 in a zone, for places where Slack cannot show it in the reader's own."""
        local = at.astimezone(ZoneInfo(timezone))
        hours = self._locale.time_formats["short"].pattern.replace("a", "aaaa")  # 오후, not the abbreviation PM
        between = BETWEEN_DAY_AND_TIME.get(self.language, ", ")
        return f"{self.day(local.date())}{between}{format_time(local, hours, locale=self._locale)}"

    def hour(self, at: str) -> str:
        """A time of day such as 09:00, as the reader writes it."""
        hours = self._locale.time_formats["short"].pattern.replace("a", "aaaa")
        return str(format_time(time.fromisoformat(at), hours, locale=self._locale))

    def moment(self, at: datetime, timezone: str = "UTC") -> str:
        """An instant that Slack shows in each reader's own zone; elsewhere the given one."""
        return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{self.clock(at, timezone)}>"
