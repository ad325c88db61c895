"""Options of `cspm team set` about how a team's figures are counted, and which of them it wants to see."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from cspm_core import kpi
from cspm_core.people import Team

from ..terminal import t

ResponseStart = Annotated[
    str | None, typer.Option(help=t("Where a first response begins: created, or handed_off, after a bot."))
]
TransfersCounted = Annotated[
    str | None, typer.Option(help=t("Which transfers count: any, or group, for those to another group alone."))
]
ServiceLevel = Annotated[str | None, typer.Option(help=t("Within how many seconds a call is answered in time."))]
ShortAbandon = Annotated[
    str | None, typer.Option(help=t("Callers who give up within so many seconds are not counted as calls offered."))
]
AbandonedInTime = Annotated[
    str | None,
    typer.Option(
        help=t("Callers who give up before that time is over: against the service level, for it, or ignored.")
    ),
]
Hide = Annotated[str | None, typer.Option(help=t("Figures that are not shown any more: nps,ces."))]
Show = Annotated[str | None, typer.Option(help=t("Figures that are shown again."))]


def hide(session: Session, team: Team, hidden: str | None, shown: str | None) -> None:
    """Hide some figures and show others again, as they were named. Raises UnknownMetric, Guarded."""
    if hidden is None and shown is None:
        return
    every = kpi.catalogue_of(session, team, with_hidden=True)
    gone, back = (
        frozenset(kpi.metric_named(name, every).key for name in (named or "").split(",") if name.strip())
        for named in (hidden, shown)
    )
    kpi.hide(session, team, gone, back)
