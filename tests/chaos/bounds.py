"""The product's own times in real seconds, shortened by one factor, so that a run ends and their order stays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """A claim of two minutes lasts 120 / `factor` seconds here, and so does everything else that runs on real time."""

    factor: float = 10.0

    @property
    def claim_s(self) -> float:
        """How long whoever carries a notice has for it."""
        return 120 / self.factor

    @property
    def margin_s(self) -> float:
        """Nothing is sent on a claim with less left."""
        return 45 / self.factor

    @property
    def call_s(self) -> float:
        """How long a call to Slack may keep silent."""
        return 20 / self.factor

    @property
    def lease_s(self) -> float:
        """How long a schedule may fall silent before another beats; shortened more, since every other kill leaves it
        lying, and nothing climbs meanwhile."""
        return 20 / self.factor

    @property
    def ping_s(self) -> float:
        """How often Bolt looks whether its socket still stands."""
        return 10 / self.factor

    @property
    def busy_s(self) -> float:
        """How long SQLite waits for its lock."""
        return 30 / self.factor

    @property
    def minute_s(self) -> float:
        """How long the database is gone when it is gone for a minute."""
        return 60 / self.factor

    def __str__(self) -> str:
        return (
            f"1/{self.factor:g}: a claim {self.claim_s:g} s, its margin {self.margin_s:g} s, a silent call "
            f"{self.call_s:g} s, the lease {self.lease_s:g} s, a look at the socket {self.ping_s:g} s, SQLite's "
            f"patience {self.busy_s:g} s, a minute without database {self.minute_s:g} s"
        )
