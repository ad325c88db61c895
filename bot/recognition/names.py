"""What a team values where it has worded nothing of its own."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import N_, Words

VALUES = (
    N_("Customer first"),
    N_("Helped a colleague"),
    N_("Shared what they know"),
    N_("Stayed calm under pressure"),
    N_("Made it better"),
)


def values(own: Sequence[str], t: Words) -> list[str]:
    """The team's own, else the usual ones."""
    return list(own) or [t(one) for one in VALUES]
