"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from cspm_core.imports import Fault, Reason, Unreadable, columns
from cspm_core.uploads import Card, Choice, Fit, Look, State, Told, as_reason
from cspm_core.uploads import Reason as Why

from ..blocks import Drawing
from ..kpi.examples import NOW
from ..words import Words
from . import forms, views

ID = 456_099_749_823_032_042
TEAMS = {ID + 1: "Returns", ID + 2: "환불 및 교환"}
LOOK = Look("tickets", 2330, known=14, columns=16)
WAITING = Card(
    id=ID,
    name="export.csv",
    size=412_000,
    state=State.WAITING,
    reason="",
    look=LOOK,
    kind="tickets",
    team="Returns",
    timezone="Europe/Amsterdam",
    told=None,
    phase="",
    done_rows=0,
    all_rows=0,
    left_s=None,
)
TOLD = Told(
    kind="tickets",
    rows=2330,
    counts=(("new", 2204), ("changed", 87), ("unchanged", 31), ("older", 0), ("duplicates", 4)),
    refused=((Reason.NO_ID, 3), (Reason.UNREADABLE_CREATION, 1)),
    set_aside=(("Satisfaction", 2),),
    statuses=(("Waiting for stock", 12),),
    nobodys=(("Grace Kim", 310), ("陳怡君", 118)),
    nobodys_total=2,
    unused=("Brand", "Internal note"),
    teams=("Returns",),
    timezone="Europe/Amsterdam",
    timezone_of_team=True,
    complete_until="2026-11-23T16:00:00+00:00",
    double_times=2,
)
EVENTS = Told(
    kind="events",
    rows=9120,
    counts=(
        ("events", 9118),
        ("new", 9100),
        ("known", 18),
        ("waiting", 3),
        ("new_tickets", 2140),
        ("changed_tickets", 12),
    ),
    refused=((Reason.NO_ID, 2),),
    words=(("Beans counted", 41),),
    teams=("Returns",),
    complete_until="2026-11-23T16:00:00+00:00",
)
IMPORTING = replace(WAITING, state=State.IMPORTING, all_rows=1_000_000)
WRITING = replace(IMPORTING, phase="writing", done_rows=340_000, left_s=21.0)
DONE = replace(WAITING, state=State.DONE, told=TOLD)
FIT = Fit(
    kind="tickets",
    file="export.csv",
    columns=(
        ("id", "Ticket ID"),
        ("agent", "Assignee"),
        ("status", "Status"),
        ("created_at", "Created time"),
        ("first_response_at", "First reply"),
        ("solved_at", "解決日期"),
        ("csat", "Satisfaction <rating> & more"),
    ),
    unused=("Brand", "Internal note"),
    missing=(),
    names_teams=False,
    is_doubtful=False,
    guessed_encoding=False,
)
MANY = replace(FIT, columns=tuple((name, f"{name} as {'a long name ' * 5}") for name in columns.TICKETS),
               unused=tuple(f"Custom field {n} {'of many ' * 9}" for n in range(200)))  # fmt: skip
OFFER = forms.Offer(ID, FIT, Choice("tickets", ID + 1), ("tickets", "shifts"), TEAMS, True)
DOUBTFUL = replace(
    OFFER,
    fit=replace(FIT, is_doubtful=True, guessed_encoding=True, names_teams=True),
    choice=Choice("tickets", timezone="America/New_York", encoding="big5"),
    must_choose_team=False,
)


def _declined(reason: str, **more: object) -> Callable[[Words], Drawing]:
    one = replace(WAITING, state=State.DECLINED, reason=reason, **more)  # type: ignore[arg-type]
    return lambda t: views.card(one, t)


def _failed(reason: str) -> Callable[[Words], Drawing]:
    return lambda t: views.card(replace(WAITING, state=State.FAILED, reason=reason), t)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "upload.card": lambda t: views.card(WAITING, t),
    "upload.card_large": lambda t: views.card(
        replace(WAITING, name="모든 상담 내역 2026-11.csv", look=replace(LOOK, rows=984_233, about=True)), t
    ),
    "upload.card_people": lambda t: views.card(replace(WAITING, look=Look("people", 34, known=5, columns=6)), t),
    "upload.card_shifts": lambda t: views.card(replace(WAITING, look=Look("shifts", 1, known=4, columns=4)), t),
    "upload.card_events": lambda t: views.card(replace(WAITING, look=Look("events", 9120, known=6, columns=6)), t),
    "upload.card_calls": lambda t: views.card(replace(WAITING, look=Look("calls", 512, known=11, columns=14)), t),
    "upload.card_unknown": lambda t: views.card(replace(WAITING, look=Look("", 12, columns=3)), t),
    "upload.card_unseen": lambda t: views.card(replace(WAITING, name="all.zip", size=48_000_000, look=Look()), t),
    "upload.card_away": lambda t: views.card(replace(WAITING, state=State.AWAY), t),
    "upload.no_right": _declined(Why.NO_RIGHT, leads=("Mina Park", "김민지")),
    "upload.not_csv": _declined(Why.NOT_CSV, name="report.xlsx"),
    "upload.too_large": _declined(Why.TOO_LARGE),
    "upload.for_admins": _declined(Why.FOR_ADMINS, name="people.csv"),
    "upload.empty": _declined(as_reason(Unreadable(Fault.EMPTY, "export.csv"))),
    "upload.fetching": lambda t: views.card(IMPORTING, t),
    "upload.reading": lambda t: views.card(replace(IMPORTING, phase="reading", done_rows=250_000), t),
    "upload.following": lambda t: views.card(
        replace(IMPORTING, phase="following", done_rows=1200, all_rows=2152, left_s=70.0), t
    ),
    "upload.writing": lambda t: views.card(WRITING, t),
    "upload.done": lambda t: views.card(DONE, t),
    "upload.done_first": lambda t: views.card(DONE, t, NOW + timedelta(hours=15)),
    "upload.done_events": lambda t: views.card(replace(DONE, told=EVENTS), t),
    "upload.done_twice": lambda t: views.card(
        replace(
            DONE,
            told=replace(
                TOLD,
                counts=(("new", 0), ("changed", 0), ("unchanged", 2330)),
                refused=(),
                set_aside=(),
                statuses=(),
                nobodys=(),
                is_resumed=True,
            ),
        ),
        t,
    ),
    "upload.done_unshared": lambda t: views.card(replace(DONE, reason=Why.NOT_REACHED), t),
    "upload.gone": _failed(Why.GONE),
    "upload.not_reached": _failed(Why.NOT_REACHED),
    "upload.accident": _failed(Why.ACCIDENT),
    "upload.other_teams": _failed(f"{Why.OTHER_TEAMS}:Billing, 환불"),
    "upload.loading": lambda t: forms.loading(t("Looking into the file…"), t),
    "upload.form": lambda t: forms.settings(OFFER, t),
    "upload.form_doubtful": lambda t: forms.settings(DOUBTFUL, t),
    "upload.form_many": lambda t: forms.settings(replace(OFFER, fit=MANY), t),
    "upload.form_missing": lambda t: forms.settings(
        replace(
            OFFER,
            fit=replace(FIT, columns=(("agent", "Agent"),), missing=("id", "created_at")),
            trouble=t("Whose rows are these? Choose the team."),
        ),
        t,
    ),
    "upload.rehearsed": lambda t: forms.rehearsed(ID, OFFER.choice, TOLD, "export.csv", "Returns", t, is_lead=True),
    "upload.rehearsed_nothing": lambda t: forms.rehearsed(
        ID,
        OFFER.choice,
        replace(TOLD, rows=4, counts=(), refused=((Reason.UNKNOWN_TEAM, 4),)),
        "export.csv",
        "",
        t,
        is_lead=True,
    ),
    "upload.over": lambda t: forms.over(t("This file is imported already; its report stands in the thread."), t),
}
