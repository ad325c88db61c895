"""A small export of another source, for whoever wants to drop a file into the bot's direct messages."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

from .living import calendar_of
from .world import RETURNS

NAME = "marketplace.csv"
HEADER = (
    "Ticket ID", "Brand", "Assignee", "Channel", "Category", "Requester", "Status", "Created at", "First reply at",
    "Solved at", "Rating", "Rated at", "Subject",
)  # fmt: skip
WRITERS = (
    ("Zoë Brûlé", "Fauteuil retourné, où est mon remboursement ?"),
    ("José Núñez", "¿Cuándo llega la etiqueta de devolución?"),
    ("陳怡君", "退貨已寄出，請問何時退款？"),
    ("김서연", "교환한 의자가 아직 안 왔어요"),
    ("Jürgen Groß", "Regal beschädigt angekommen"),
    ("Fleur van den Berg", "Verkeerde kleur ontvangen"),
    ("Łukasz Wójcik", "Zły rozmiar pokrowca"),
    ("Amelia O'Brien", "Refund for order 441209, please"),
)
CATEGORIES = ("Refund", "Return label", "Refund", "Exchange", "Damaged item", "Wrong item", "Wrong item", "Refund")
BRANDS = ("Fernhill", "Fernhill Outlet")
TICKETS = 24
HOUR = timedelta(hours=1)


def write(folder: Path, opens_at: datetime) -> Path:
    """Put it beside the demo's database, anew at every start; where it is."""
    path = folder / NAME
    path.write_text(rows(opens_at), "utf-8-sig", newline="")
    return path


def rows(opens_at: datetime) -> str:
    """The file: tickets of the visitor's team in the two days before the demo opens, a few of them still open."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(HEADER)
    writer.writerows(_ticket(n, opens_at) for n in range(TICKETS))
    return told.getvalue()


def _ticket(n: int, opens_at: datetime) -> tuple[str, ...]:
    """Customers write every two hours; people answer while they work."""
    calendar, (who, subject) = calendar_of(RETURNS), WRITERS[n % len(WRITERS)]
    created = opens_at - 2 * (TICKETS - n) * HOUR
    replied = calendar.add_business(created, 1200 + n * 7 % 11 * 900)
    solved = calendar.add_business(replied, 600 + n * 5 % 7 * 3600)
    rated = solved + 5 * HOUR
    agent = RETURNS.agents[n * 5 % len(RETURNS.agents)].name
    is_replied, is_solved = replied < opens_at, solved < opens_at
    return (
        f"MKT-{7001 + n}",
        BRANDS[n % len(BRANDS)],
        agent if is_replied else "",
        ("email", "chat", "web")[n % 3],
        CATEGORIES[n % len(CATEGORIES)],
        who,
        "solved" if is_solved else "open",
        _instant(created),
        _instant(replied) if is_replied else "",
        _instant(solved) if is_solved else "",
        str((5, 4, 2)[n % 3]) if rated < opens_at else "",
        _instant(rated) if rated < opens_at else "",
        subject,
    )


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
