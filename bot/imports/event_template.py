"""What `cspm import events --template` prints: a header to fill in, and a map to start from."""

from __future__ import annotations

from cspm_core.events import KINDS
from cspm_core.imports import EVENT_HEADER
from cspm_core.imports.event_columns import EVENTS, STATES

from ..words import Words

HEADER = ",".join(EVENT_HEADER)


def _listed(names: tuple[str, ...]) -> str:
    return "\n".join("  # " + ", ".join(names[n : n + 7]) for n in range(0, len(names), 7))


def event_map(t: Words) -> str:
    """A commented map as YAML, in the reader's language."""
    return f"""\
# {t("A map for `cspm import events FILE --map THIS`. Every part may be left out.")}
# {t("Our column on the left, the file's on the right. Columns not named here are recognised by their names.")}
columns:
  ticket_id: Ticket ID
  at: Updated at
  # {t("These exist:")}
{_listed(EVENTS)}

# {t("For a file whose rows say how a ticket stands after each change; a file with one event a row needs none of it.")}
events:
  # {t("Where a column differs from the ticket's row before, that happened:")}
  # {", ".join(STATES)}
  changes:
    status: State
    assignment: Assigned to
  # {t("Instants that each row repeats: that happened then. Kinds of events, or a status that the ticket then had:")}
{_listed(KINDS)}
  once:
    created: Opened at

# {t("The file's words on the left, ours on the right.")}
# status: new, open, pending, on_hold, solved, closed, spam, deleted, merged, test
# kind: {", ".join(KINDS[:6])} …
# actor_kind: agent, customer, bot
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
