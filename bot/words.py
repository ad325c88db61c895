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

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "zh_TW", "nl", "ko")
MINUTE, HOUR, DAY = 60, 3600, 86400


def N_(message: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return message


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
    """The words of one language. `t("…", name=value)` fills the braces after translating."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._locale = Locale.parse(self.language)

    def __call__(self, message: str, **facts: object) -> str:
        text = _catalogue(self.language).gettext(message)
        return text.format(**facts) if facts else text

    def n(self, one: str, many: str, n: int, **facts: object) -> str:
        """The right plural of a sentence that holds {n}."""
        return _catalogue(self.language).ngettext(one, many, n).format(n=self.number(n), **facts)

    def number(self, value: float, digits: int = 0) -> str:
        """12,345 or 12.345, with at most `digits` decimals."""
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self._locale))

    def share(self, value: float, *, finely: bool = False) -> str:
        """A share between 0 and 1 as a percentage; one decimal close to the ends, so that 99.6 % is not 100 %."""
        with_decimal = finely or 0 < value < 0.01 or 0.99 < value < 1
        return str(format_percent(value, format="#,##0.#%" if with_decimal else "#,##0%", locale=self._locale))

    def duration(self, seconds: float) -> str:
        """The largest unit and the next, as the reader's language writes them: 1 hr 30 min, 2 days."""
        if seconds < MINUTE:
            return self._unit(math.floor(seconds), "second")
        days, rest = divmod(round(seconds / MINUTE) * MINUTE, DAY)
        hours, rest = divmod(rest, HOUR)
        counts = ((int(days), "day"), (int(hours), "hour"), (int(rest // MINUTE), "minute"))
        first = next(i for i, (n, _) in enumerate(counts) if n)
        return " ".join(self._unit(n, unit) for n, unit in counts[first : first + 2] if n)

    def _unit(self, n: int, unit: str) -> str:
        return format_unit(n, f"duration-{unit}", "short", locale=self._locale)

    def join(self, parts: list[str]) -> str:
        """a, b and c."""
        return format_list(parts, locale=self._locale)

    def day(self, day: date) -> str:
        """Mon, Nov 23 — without the year."""
        return format_skeleton("MMMEd", datetime.combine(day, time()), locale=self._locale)

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
        return f"{self.day(local.date())}, {format_time(local, hours, locale=self._locale)}"

    def moment(self, at: datetime, timezone: str = "UTC") -> str:
        """An instant that Slack shows in each reader's own zone; elsewhere the given one."""
        return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{self.clock(at, timezone)}>"
