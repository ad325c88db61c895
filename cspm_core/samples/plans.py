"""A team's plan: reading it, changing it, what it means, and when it is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from .. import people, tickets
from ..digests.rules import wall_time
from ..errors import Invalid
from ..ids import new_id
from ..once import the_one
from ..people import Team
from ..qa.rules import PROMPTED
from ..stats import sampling
from . import population, rules
from .contents import Outlook
from .rules import AMOUNTS, BOUNDS, By, Unit
from .tables import QaDraw, QaPlan

WORDS = ("unit", "strata", "prompted")
SWITCHES = ("is_on", "shows_reviewer")
NUMBERS = ("amount", *BOUNDS)
WHOLE = {"prompted_most", "draw_weekday", "due_days", "hold_days", "dispute_days"}


def plan_of(session: Session, team: Team) -> QaPlan:
    """How a team reviews; an unsaved row with the defaults where nobody has said."""
    return session.exec(_plan_query(team)).first() or QaPlan(workspace_id=team.workspace_id, id=0, team_id=team.id)


def change_plan(session: Session, team: Team, *, now: datetime, **wanted: Any) -> QaPlan:
    """Set columns of `QaPlan` by name; lists are comma separated. Raises Invalid with the field's name."""
    fresh = QaPlan(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id)
    row = the_one(session, _plan_query(team), fresh)
    told = _checked({**{name: getattr(row, name) for name in (*WORDS, "amount")}, **wanted})
    if told.get("is_on") and not row.is_on:
        row.first_week = rules.week_before(people.calendar_of(session, team), now)
    for name, value in told.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def _plan_query(team: Team) -> SelectOfScalar[QaPlan]:
    return select(QaPlan).where(QaPlan.workspace_id == team.workspace_id, QaPlan.team_id == team.id)


def _checked(wanted: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in wanted.items():
        if name in SWITCHES:
            told[name] = bool(value)
        elif name == "unit":
            told[name] = _one_of(name, str(value), list(Unit))
        elif name == "strata":
            told[name] = _some_of(name, str(value), list(By))
        elif name == "prompted":
            told[name] = _some_of(name, str(value), list(PROMPTED))
        elif name in BOUNDS:
            told[name] = _number(name, value, BOUNDS[name], whole=name in WHOLE)
        elif name != "amount":
            raise Invalid("SETTING", name, "plan_setting")
    unit = Unit(told["unit"])
    told["amount"] = _number("amount", wanted["amount"], AMOUNTS[unit], whole=unit is Unit.EACH)
    return told


def _one_of(name: str, value: str, known: list[Any]) -> str:
    if value not in known:
        raise Invalid(name, value, f"plan_{name}")
    return value


def _some_of(name: str, value: str, known: list[Any]) -> str:
    told = {part.strip() for part in value.split(",") if part.strip()}
    if wrong := sorted(told - set(known)):
        raise Invalid(name, wrong[0], f"plan_{name}")
    return ",".join(one for one in known if one in told)


def _number(name: str, value: Any, bounds: tuple[float, float], *, whole: bool) -> float:
    try:
        number = float(str(value))
    except ValueError:
        raise Invalid(name, str(value), "plan_number") from None
    if not bounds[0] <= number <= bounds[1] or (whole and number != int(number)):
        raise Invalid(name, str(value), "plan_number")
    return int(number) if name in WHOLE else number


def outlook(session: Session, team: Team, plan: QaPlan, *, now: datetime) -> Outlook:
    """What a plan means, if a week is like the last whole one."""
    week = rules.week_before(people.calendar_of(session, team), now)
    solved = population.solved(session, team, week)
    by_agent = Counter(solved.agents)
    if plan.unit == Unit.EACH:
        reviews = sum(min(int(plan.amount), n) for n in by_agent.values())
    else:
        reviews = rules.wanted(len(solved), plan.unit, plan.amount)
    return Outlook(len(solved), len(by_agent), reviews, sampling.margin_of(len(solved), reviews))


def due(session: Session, now: datetime) -> list[tuple[int, int, date]]:
    """Workspace, team and week of every draw whose time has come: each week at the plan's weekday and the team's digest
    time, in the team's zone. Late is better than never, until the next one. It waits for data that does not reach the
    week's end, two days at most."""
    found = []
    for plan in session.exec(select(QaPlan).where(col(QaPlan.is_on).is_(True))).all():
        team = people.team(session, plan.workspace_id, plan.team_id)
        if week := due_week(session, team, plan, now):
            found.append((team.workspace_id, team.id, week))
    return found


def due_week(session: Session, team: Team, plan: QaPlan, now: datetime) -> date | None:
    """The week that a team is to draw from now; None: nothing is due."""
    calendar = people.calendar_of(session, team)
    week, since = rules.drawn_at(calendar, wall_time(team.digest_at), plan.draw_weekday, now)
    if (plan.first_week and week < plan.first_week) or draw_of(session, team, week):
        return None
    reach = tickets.complete_until(session, team, now)
    if reach is None or (reach < rules.week_of(calendar, week)[1] and now < since + rules.PATIENCE):
        return None
    return week


def next_draw(session: Session, team: Team, plan: QaPlan, now: datetime) -> datetime:
    """When the next one is drawn, if the data is there by then."""
    calendar, at = people.calendar_of(session, team), wall_time(team.digest_at)
    week, _ = rules.drawn_at(calendar, at, plan.draw_weekday, now)
    return calendar.at_local(week + 2 * rules.WEEK + plan.draw_weekday * rules.DAY, at)


def draw_of(session: Session, team: Team, week: date) -> QaDraw | None:
    """A team's sample of one week."""
    return session.exec(draws_of(team).where(QaDraw.week == week)).first()


def latest(session: Session, team: Team) -> QaDraw | None:
    """The last sample that was drawn."""
    return session.exec(draws_of(team).order_by(col(QaDraw.week).desc())).first()


def draws_of(team: Team) -> SelectOfScalar[QaDraw]:
    """A team's samples, as a query."""
    return select(QaDraw).where(QaDraw.workspace_id == team.workspace_id, QaDraw.team_id == team.id)
