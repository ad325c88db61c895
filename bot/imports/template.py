"""What `--template` prints: a header to fill in, and a map to start from."""

from __future__ import annotations

from collections.abc import Sequence

from cspm_core.imports import SHIFTS, columns

from ..words import Words

TICKETS_HEADER = ",".join(columns.TICKETS)
PEOPLE_HEADER = ",".join(columns.PEOPLE)
SHIFTS_HEADER = ",".join(SHIFTS)


def _listed(names: Sequence[str]) -> str:
    return "\n".join("  # " + ", ".join(names[n : n + 8]) for n in range(0, len(names), 8))


def field_map(t: Words) -> str:
    """A commented map as YAML, in the reader's language."""
    return f"""\
# {t("A map for `cspm import tickets FILE --map THIS`. Every part may be left out.")}
# {t("Our column on the left, the file's on the right. Columns not named here are recognised by their names.")}
columns:
  id: Ticket ID
  created_at: Created time
  # {t("These exist:")}
{_listed(columns.TICKETS)}

# {t("The file's words on the left, ours on the right.")}
# status: new, open, pending, on_hold, solved, closed, spam, deleted, merged, test
# opened_by: customer, agent, bot
values:
  status: {{"In progress": open, "Done": solved}}

# {t("How times are written: a format (or epoch, epoch_ms), day or month first, the zone of those that name none.")}
dates:
  # format: "%d/%m/%Y %H:%M"
  day_first: true
  timezone: America/New_York

# {t("What stands in columns that the file has not, or that are empty.")}
defaults:
  channel: email

# {t("What the file writes for nothing.")}
empty: ["?", "-", "N/A"]
"""


def people_map(t: Words) -> str:
    """A commented map for people, in the reader's language."""
    return f"""\
# {t("A map for `cspm import people FILE --map THIS`. Every part may be left out.")}
# {t("Our column on the left, the file's on the right. Columns not named here are recognised by their names.")}
columns:
  name: Full name
  # {t("These exist:")}
{_listed(columns.PEOPLE)}

# {t("The file's words on the left, ours on the right.")}
# role: admin, executive, manager, lead, qa_reviewer, agent
values:
  role: {{"Supervisor": lead, "Employee": agent}}

# {t("What stands in columns that the file has not, or that are empty.")}
defaults:
  role: agent

# {t("What the file writes for nothing.")}
empty: ["?", "-", "N/A"]
"""


def shifts_map(t: Words) -> str:
    """A commented map for a roster, in the reader's language."""
    return f"""\
# {t("A map for `cspm import shifts FILE --map THIS`. Every part may be left out.")}
# {t("Our column on the left, the file's on the right. Columns not named here are recognised by their names.")}
columns:
  person: Employee
  start: Shift start
  end: Shift end
  # {t("These exist:")}
{_listed(SHIFTS)}

# {t("The file's words on the left, ours on the right.")}
# {t("Whoever has “duty” is called; “break”, “leave” and “training” are no work; all else is work.")}
values:
  activity: {{"ESC": duty, "P": break}}

# {t("How times are written: a format (or epoch, epoch_ms), day or month first, the zone of those that name none.")}
dates:
  # format: "%d/%m/%Y %H:%M"
  day_first: true
  timezone: America/New_York

# {t("What stands in columns that the file has not, or that are empty.")}
defaults:
  activity: duty

# {t("What the file writes for nothing.")}
empty: ["?", "-", "N/A"]
"""
