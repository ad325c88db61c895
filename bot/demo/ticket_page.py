"""The page behind a ticket's link: what the help desk knows of one ticket, in its team's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape

from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.words import N_, Words
from cspm_core import people
from cspm_core.people import Identity, Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket

from .telling import RECOMMENDING, STARS

PATH = "/tickets/"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
STYLE = """
:root { color-scheme: light dark; --ink: #1d1c1d; --faint: #616061; --line: #dddddd; --ground: #f6f5f3; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e3; --faint: #a9a7a4; --line: #3a3a3d; --ground: #17181a; --paper: #202124 }
}
* { box-sizing: border-box }
body { margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "Noto Sans CJK TC", "Noto Sans CJK KR", sans-serif }
main { max-width: 42rem; margin: 0 auto; background: var(--paper); border: 1px solid var(--line);
  border-radius: 12px; padding: 1.5rem }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .1rem 0 .75rem }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem }
p { margin: .25rem 0 }
.faint { color: var(--faint); font-size: .9rem }
.state { display: inline-block; border: 1px solid var(--line); border-radius: 999px; padding: .1rem .7rem;
  font-size: .9rem }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .3rem 1.25rem; margin: 1.25rem 0 0 }
dt { color: var(--faint) }
dd { margin: 0; overflow-wrap: anywhere }
ol { list-style: none; margin: 0; padding: 0 }
li { display: grid; grid-template-columns: minmax(11rem, max-content) 1fr; gap: 1.25rem; padding: .4rem 0;
  border-top: 1px solid var(--line) }
li:first-child { border-top: 0 }
blockquote { margin: .5rem 0 0; padding: .5rem 0 .5rem 1rem; border-left: 3px solid var(--line) }
@media (max-width: 30rem) { dl, li { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } }
"""


def route(store: Store, workspace_id: int) -> Route:
    """`GET /tickets/<key>`."""

    def show(request: Request) -> HTMLResponse:
        key = str(request.path_params["key"])
        with store.reading() as session:
            found = _find(session, workspace_id, key)
            if found is None:
                t = Words("en")
                text = t("There is no ticket {key}.", key=key)
                return HTMLResponse(_framed(t, key, f"<h1>{escape(text)}</h1>"), 404, HEADERS)
            ticket, team, agent = found
        return HTMLResponse(page(ticket, team, agent, Words(team.language)), headers=HEADERS)

    return Route(PATH + "{key}", show)


def _find(session: Session, workspace_id: int, key: str) -> tuple[Ticket, Team, str] | None:
    scopes = [0, *(team.id for team in people.teams(session, workspace_id))]
    ticket = session.exec(
        select(Ticket).where(Ticket.workspace_id == workspace_id, col(Ticket.scope).in_(scopes), Ticket.key == key)
    ).first()
    if ticket is None:
        return None
    agent = session.get(Identity, (workspace_id, ticket.agent_id)) if ticket.agent_id else None
    return ticket, people.team(session, workspace_id, ticket.team_id), agent.name if agent else ""


def page(ticket: Ticket, team: Team, agent: str, t: Words) -> str:
    """A ticket as a whole HTML page. Everything that somebody wrote is escaped."""
    head = (
        f'<p class="faint">{escape(ticket.key)} · {escape(team.name)}</p>'
        f"<h1>{escape(ticket.subject or ticket.key)}</h1>"
        f'<p><span class="state">{escape(_word(STATUSES, ticket.status, t))}</span></p>'
    )
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in _facts(ticket, agent, t) if v)
    times = "".join(
        f"<li><time datetime='{at.isoformat()}'>{escape(t.clock(at, team.timezone))}</time>"
        f"<span>{escape(said)}</span></li>"
        for at, said in sorted(_times(ticket, t))
    )
    body = f"{head}<dl>{rows}</dl><h2>{escape(t('What happened'))}</h2><ol>{times}</ol>{_rating(ticket, t)}"
    return _framed(t, f"{ticket.key} {ticket.subject}", body)


def _framed(t: Words, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{t.language.replace("_", "-")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _facts(ticket: Ticket, agent: str, t: Words) -> list[tuple[str, str]]:
    customer = f"{ticket.customer} ({ticket.organisation})" if ticket.organisation else ticket.customer
    return [
        (t("Customer"), customer),
        (t("Tier"), _word(TIERS, ticket.tier, t)),
        (t("Agent"), agent or t("Nobody yet")),
        (t("Came by"), _word(CHANNELS, ticket.channel, t)),
        (t("Queue"), ticket.queue),
        (t("Category"), ticket.category),
        (t("Priority"), _word(PRIORITIES, ticket.priority, t)),
        (t("Public replies"), "" if ticket.public_replies is None else t.number(ticket.public_replies)),
        (t("Transfers"), t.number(ticket.transfers) if ticket.transfers else ""),
        (t("Tags"), ticket.tags),
    ]


def _word(names: Mapping[str, str], key: str, t: Words) -> str:
    """A value of the help desk in the page's language; one that we do not know as it stands."""
    return t(names[key]) if key in names else key


STATUSES = {
    "new": N_("New"),
    "open": N_("Open"),
    "pending": N_("Waiting for the customer"),
    "on_hold": N_("On hold"),
    "solved": N_("Solved"),
    "closed": N_("Closed"),
    "spam": N_("Spam"),
    "deleted": N_("Deleted"),
    "merged": N_("Merged into another ticket"),
    "test": N_("Test"),
}
CHANNELS = {"email": N_("E-mail"), "web": N_("Web form"), "chat": N_("Chat"), "phone": N_("Phone")}
PRIORITIES = {"low": N_("Low"), "normal": N_("Normal"), "high": N_("High"), "urgent": N_("Urgent")}
TIERS = {"standard": N_("Standard"), "plus": N_("Plus"), "business": N_("Business")}


def _times(ticket: Ticket, t: Words) -> list[tuple[datetime, str]]:
    """What happened and what is due, each with its instant."""
    again = ticket.reopens and ticket.first_solved_at != ticket.solved_at
    known = [
        (ticket.created_at, t("The customer wrote")),
        (ticket.first_response_at, t("First reply")),
        (ticket.first_solved_at, t("Solved for the first time") if ticket.reopens else t("Solved")),
        (ticket.solved_at if again else None, t("Solved again")),
        (ticket.csat_sent_at, t("Survey sent")),
        (ticket.csat_at, t("Survey answered")),
        (None if ticket.is_answered else ticket.first_response_target_at, t("The first reply is due")),
        (None if ticket.is_solved else ticket.resolution_target_at, t("The solution is due")),
    ]
    return [(at, said) for at, said in known if at is not None]


def _rating(ticket: Ticket, t: Words) -> str:
    if not ticket.csat:
        return ""
    said = f"<blockquote>{escape(ticket.csat_comment)}</blockquote>" if ticket.csat_comment else ""
    highest = "10" if ticket.csat_scale == RECOMMENDING else ticket.csat_scale or STARS
    value = t("{answer} of {scale}", answer=ticket.csat, scale=highest)
    return f"<h2>{escape(t('Rating'))}</h2><p>{escape(value)}</p>{said}"
