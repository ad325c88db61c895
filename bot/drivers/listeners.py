"""“What moved it?” under a scorecard, a figure and a digest: the numbers behind a change, for the asker alone."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt import App
from sqlmodel import Session, col, select

from cspm_core import digests, drivers, errors, people
from cspm_core.drivers import Dimension, Driver, NoDriver
from cspm_core.people import Identity

from .. import ids
from ..asking import Ask
from ..kpi import answers
from ..kpi.answers import Seen
from ..kpi.listeners import find_figures
from ..kpi.scope import Scope
from ..listening import listener
from . import views


def register(app: App) -> None:
    app.action(ids.KPI_DRIVER)(of_figure)
    app.options(ids.KPI_DRIVER)(find_figures)
    app.action(ids.KPI_DRIVER_METRIC)(of_figure)
    app.action(ids.DIGEST_DRIVER)(of_digest)


@listener
def of_figure(ask: Ask) -> None:
    """At the instant the answer stood at, whose button was pressed."""
    scope = Scope.parse(ask.carried)
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        moved, seen = _moved(session, ask, found, scope.metric)
    _show(ask, found, moved, seen)


@listener
def of_digest(ask: Ask) -> None:
    """The figure of the digest's sentence, over the days that it stood on there."""
    told = ask.pressed()
    with ask.reading() as session:
        digest = digests.digest(session, ask.workspace_id, int(told["digest"]))
        if digest is None:
            raise errors.Unknown(ask.t("digest"))
        scope = Scope(digest.team_id, f"{int(told['days'])}d", digest.as_of, digest.as_of)
        found = answers.again(session, ask, scope)
        moved, seen = _moved(session, ask, found, str(told["metric"]))
    _show(ask, found, moved, seen)


def _moved(session: Session, ask: Ask, found: Seen, metric: str) -> tuple[Driver | NoDriver, list[int]]:
    """What moved a figure, and the members who are named: people are among what is looked through only for a lead whose
    team has agreed to it."""
    team, with_people = found.team, answers.may_see_people(session, ask, found.team)
    moved = drivers.of_change(session, team, metric, found.period, answers.told_at(found), with_agents=with_people)
    return moved, _named(session, ask.workspace_id, moved)


def _named(session: Session, workspace_id: int, found: Driver | NoDriver) -> list[int]:
    every = found.strongest if isinstance(found, NoDriver) else (*found.strongest, *found.parts)
    identities = [one.code for one in views.sayable(every) if one.dimension is Dimension.AGENT]
    if not identities:
        return []
    query = select(Identity.member_id).where(Identity.workspace_id == workspace_id, col(Identity.id).in_(identities))
    return sorted({member for member in session.exec(query) if member is not None})


def _show(ask: Ask, found: Seen, moved: Driver | NoDriver, seen: Sequence[int]) -> None:
    """Each look at somebody's figures is written down before they are shown."""
    if seen:
        with ask.writing() as session:
            asker = ask.asker(session)
            for member_id in seen:
                people.log_look(session, ask.workspace_id, asker, member_id, moved.metric.key, now=ask.now)
    ask.answer(views.driver(moved, found.name, found.scope, ask.t))
