"""What is wrong with a setting, in one sentence with a way forward."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import ParamSpec, TypeVar

from cspm_core import errors

from ..refusals import sentence
from ..terminal import refuse, t
from ..words import N_, Words

P = ParamSpec("P")
R = TypeVar("R")

WRONG: Mapping[str, str] = {
    "timezone": N_("There is no time zone “{text}”; they look like Europe/Amsterdam."),
    "hours_empty": N_("Working hours look like `mon-fri 09:00-12:00,13:00-17:00`, one day's like `09:00-12:00`."),
    "hours_days": N_(
        "“{text}” names no days I know: write mon, tue, wed, thu, fri, sat, sun, as in `mon-fri 09:00-17:00`."
    ),
    "hours_times": N_("“{text}” holds no times I can read: write them as in `09:00-12:00,13:00-17:00`."),
    "hours_overlap": N_("In “{text}” two shifts overlap."),
    "holidays_country": N_("I know no holidays of “{text}”: name a country by its two letters (US, NL, KR), or none."),
    "holidays_subdivision": N_("I know no such part of a country as “{text}”."),
    "language": N_("I do not speak “{text}”: choose en, zh_TW, nl or ko."),
    "channel": N_("“{text}” cannot be a Slack channel: names are small letters, digits, - and _."),
    "clock": N_("“{text}” is no time of day such as 08:30."),
    "days": N_("“{text}” names no weekdays: write `working`, `mon-fri` or `mon,wed`."),
    "day": N_("“{text}” is no date such as 2026-12-24."),
    "duration": N_("“{text}” is no length of time such as 4h, 90m or 1h30m."),
    "share": N_("“{text}” is no share such as 90%."),
    "count": N_("“{text}” is no number such as 40."),
    "out_of_range": N_("A target of {text} cannot be reached: a share lies between 0% and 100%, others are 0 or more."),
    "no_direction": N_("For {text} more is neither better nor worse, so it has no target."),
    "level": N_("“{text}” is none of nobody, self and lead."),
    "sla_clock": N_("“{text}” is no clock: write business or calendar."),
    "hours": N_("“{text}” is no number of hours such as 36."),
    "address": N_("“{text}” is no e-mail address."),
    "no_name": N_("A name cannot be empty."),
    "instant": N_("“{text}” is no time such as 2026-10-15T09:00."),
    "step": N_(
        "“{text}” is no step. Write whom (channel, duty, lead, manager, `person NAME` or `group ID`), and when, such "
        "as `lead`, `channel after 15 min` or `manager after 30 min always`."
    ),
    "steps": N_("A policy has one to six steps, not {text}."),
    "after": N_("A step waits for at most a week, not {text} seconds."),
    "repeat": N_("From the beginning again: after five minutes to a week, not {text} seconds."),
    "holds": N_("“Mine” holds for five minutes to a week, not {text} seconds."),
    "step_clock": N_("“{text}” is no clock: write team, own or always."),
    "severity": N_("“{text}” is no severity: write 1, 2, 3 or 4."),
    "bounds": N_("{text} is too small or too large here."),
    "list": N_("“{text}” is no list: write open, overdue or resolved."),
    "response_start": N_("“{text}” is no start of a first response: write created, or handed_off for after a bot."),
    "transfers_counted": N_("“{text}” is no kind of transfer: write any, or group."),
    "abandoned_in_time": N_("“{text}” is no way to count callers who gave up in time: write against, for or ignored."),
    "service_level_s": N_("“{text}” is no number of seconds from 0 to 3600."),
    "short_abandon_s": N_("“{text}” is no number of seconds from 0 to 600."),
    "no_working_day": N_("This team has no working hours, so “{text}” has no length on the business clock."),
}


def invalid(wrong: errors.Invalid, t: Words) -> str:
    """Why a value cannot be, and the nearest that can."""
    if wrong.reason not in WRONG:
        return sentence(wrong, t)
    said = t(WRONG[wrong.reason], text=wrong.text)
    return t("{said} Did you mean “{nearest}”?", said=said, nearest=wrong.nearest) if wrong.nearest else said


def explained(run: Callable[P, R]) -> Callable[P, R]:
    """Let a command say what is wrong with a setting; goes below `@command`."""

    @functools.wraps(run)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return run(*args, **kwargs)
        except errors.Invalid as wrong:
            refuse(invalid(wrong, t))

    return guarded
