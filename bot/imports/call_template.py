"""What `cspm import calls --template` prints: a header to fill in, and a map to start from."""

from __future__ import annotations

from collections.abc import Sequence

from cspm_core.imports import CALLS
from cspm_core.imports.call_columns import OTHER_WAYS

from ..words import Words

HEADER = ",".join(CALLS)


def _listed(names: Sequence[str]) -> str:
    return "\n".join("  # " + ", ".join(names[n : n + 8]) for n in range(0, len(names), 8))


def calls_map(t: Words) -> str:
    """A commented map for calls, in the reader's language."""
    return f"""\
# {t("A map for `cspm import calls FILE --map THIS`. Every part may be left out.")}
# {t("Our column on the left, the file's on the right. Columns not named here are recognised by their names.")}
columns:
  id: Call Id
  agent: Agent
  # {t("The date and the time may stand in two columns; `queued_at` takes both in one.")}
  queued_date: Date
  queued_time: Time
  # {t("Instead of `answered_at` and `ended_at`, how long it took: in seconds, as m:ss or as h:mm:ss.")}
  speed_of_answer_s: Speed of answer in seconds
  talk_s: AvgTalkDuration
  # {t("These exist:")}
{_listed(CALLS)}
  # {t("And these say the same in another way:")}
{_listed(OTHER_WAYS)}

# {t("The file's words on the left, ours on the right.")}
# answered, abandoned, resolved: yes, no
# direction: inbound, outbound
values:
  answered: {{"Taken": "yes", "Lost": "no"}}

# {t("How times are written: a format (or epoch, epoch_ms), day or month first, the zone of those that name none.")}
dates:
  # format: "%d/%m/%Y %H:%M"
  day_first: true
  timezone: America/New_York

# {t("What stands in columns that the file has not, or that are empty.")}
defaults:
  queue: Main line

# {t("What the file writes for nothing.")}
empty: ["?", "-", "N/A"]
"""
