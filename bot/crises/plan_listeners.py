"""Which plan a crisis follows, and changing a team's plans."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import crises, errors, escalations, people
from cspm_core.crises import Plan
from cspm_core.escalations.cards import Person
from cspm_core.people import Role, Team

from .. import at_once, ids
from ..asking import Ask
from ..escalations import fields as filled
from ..listening import form, later, opener
from . import fields, plan_forms


def register(app: App) -> None:
    app.view(ids.CRISIS_PLAN_USE)(use)
    app.action(ids.CRISIS_PLAN_EDIT)(ask_edit)
    app.view(ids.CRISIS_PLAN_FORM)(save)


def open_plan(ask: Ask, escalation_id: int) -> None:
    """The modal behind “Crisis plan …” in an escalation’s menu; the crisis begins where none has. Raises NotYours."""
    with ask.writing() as session:
        one = escalations.one(session, ask.workspace_id, escalation_id)
        team = people.team(session, ask.workspace_id, one.team_id)
        asker = ask.asker(session)
        escalations.rights(session, one, team, asker).needs_change()
        crisis = crises.of_escalation(session, ask.workspace_id, escalation_id)
        crisis = crisis or crises.begin(session, ask.workspace_id, escalation_id, now=ask.now)
        board = crises.board(session, ask.workspace_id, crisis.id, now=ask.now)
        plans = list(crises.plans(session, team).values())
        may_edit = asker.leads(team.id)
    ask.opens(plan_forms.choose(board, plans, ask.t, may_edit=may_edit))
    _carry_on(ask)


@form
def use(ask: Ask) -> None:
    """The crisis goes on by that plan."""
    carried = filled.carried(ask)
    with ask.writing() as session:
        crises.use_plan(
            session, ask.workspace_id, int(carried["crisis"]), filled.chosen(ask, plan_forms.PLAN),
            by=ask.asker(session), now=ask.now,
        )  # fmt: skip
    _carry_on(ask)


@opener
def ask_edit(ask: Ask) -> None:
    """A team's plan for a kind, over the modal in which it was chosen. Raises NotForYou."""
    team_id = int(fields.carried(ask.slack.body["view"])["team"])
    view = _form(ask, team_id, ask.carried)
    ask.runtime.client(ask.workspace_id).views_push(trigger_id=ask.slack.body["trigger_id"], view=view)


def open_edit(ask: Ask, team_id: int, kind: str = crises.KIND) -> None:
    """The same as a modal of its own. Raises NotForYou."""
    ask.opens(_form(ask, team_id, kind))


def _form(ask: Ask, team_id: int, kind: str) -> dict[str, object]:
    with ask.glancing() as session:
        team = _led(session, ask, team_id)
        plan = crises.plan(session, team, kind)
        return plan_forms.edit(plan, team.id, team.name, owners(session, team.workspace_id, plan), ask.t)


@form
def save(ask: Ask) -> None:
    """Approved in the name of whoever saves it."""
    carried = filled.carried(ask)
    with ask.writing() as session:
        team = _led(session, ask, int(carried["team"]))
        plan = fields.plan(session, ask, str(carried["kind"]))
        crises.set_plan(session, team, plan, by=ask.asker(session).name, now=ask.now)


def owners(session: Session, workspace_id: int, plan: Plan) -> dict[int, Person]:
    """The people whom a plan names, by id."""
    named = [int(task.owner.partition(":")[2]) for task in plan.checklist if task.owner.startswith("member:")]
    members = [people.member(session, workspace_id, one) for one in named]
    return {one.id: Person(one.id, one.name, one.slack_user_id or "") for one in members}


def _led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team


def _carry_on(ask: Ask) -> None:
    later(ask.slack, "crises.plan", lambda: at_once.carry_on(ask.runtime))
