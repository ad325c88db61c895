"""Whether the database answers, takes what is written, has room for more, and stands at the newest step."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from cspm_core import leases

from ..runtime import Runtime
from ..words import Words
from . import database
from .findings import Finding, State, broken, doubtful, good

LEASE = "doctor"
MEGABYTE = 1_000_000
ROOM = 200 * MEGABYTE
"""Less is left on the disk: imports and the log of what is being written may not fit."""


def findings(runtime: Runtime, t: Words) -> Iterator[Finding]:
    """From “it answers” on; what needs a broken one is not asked."""
    stands = _answers(runtime, t)
    yield stands
    if stands.state is State.BROKEN:
        return
    steps = _migrations(runtime, t)
    yield steps
    if steps.state is State.GOOD:
        yield _writes(runtime, t)
    yield from _room(runtime, t)


def _answers(runtime: Runtime, t: Words) -> Finding:
    try:
        database.standing(runtime.store)
    except SQLAlchemyError as error:
        return broken(
            "database", t("The database does not answer: {reason}", reason=_reason(error)), t("Check DATABASE_URL.")
        )
    return good("database", t("The database answers: {which}.", which=_which(runtime, t)))


def _which(runtime: Runtime, t: Words) -> str:
    """Which one it is, without who logs in or with what."""
    url = runtime.store.engine.url
    if runtime.store.dialect == "sqlite":
        return t("SQLite, {path}", path=Path(str(url.database)).absolute())
    return t("PostgreSQL, {name} at {host}", name=url.database or "-", host=url.host or t("this machine"))


def _migrations(runtime: Runtime, t: Words) -> Finding:
    stands, newest = database.standing(runtime.store), database.newest()
    if stands == newest:
        return good("migrations", t("The tables are at the newest step, {step}.", step=newest))
    found = t("The tables are at step {step}, the newest is {newest}.", step=stands or "-", newest=newest)
    try:
        database.know(stands)
    except database.FromNewerVersion as from_newer:
        return broken("migrations", found, newer(from_newer, t))
    return broken("migrations", found, t("Run `cspm migrate`."))


def newer(found: database.FromNewerVersion, t: Words) -> str:
    """What an operator does about a database from the future."""
    return t(
        "A newer version of cspm has changed this database, to step {step}. Install that version.", step=found.step
    )


def _writes(runtime: Runtime, t: Words) -> Finding:
    """A row that comes and goes: a disk that is full or read-only says so."""
    now, mine = runtime.real_now(), secrets.token_hex(8)
    try:
        with runtime.store.transaction() as session:
            leases.hold(session, LEASE, mine, now=now, ttl=timedelta(seconds=5))
        with runtime.store.transaction() as session:
            leases.let_go(session, LEASE, mine)
    except SQLAlchemyError as error:
        return broken(
            "writing",
            t("The database takes nothing that is written: {reason}", reason=_reason(error)),
            t("See whether its disk is full or read-only, and whether this user may write there."),
        )
    return good("writing", t("The database takes what is written."))


def _room(runtime: Runtime, t: Words) -> Iterator[Finding]:
    if runtime.store.dialect != "sqlite":
        return
    folder = Path(str(runtime.store.engine.url.database)).absolute().parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # an address that is more than a path
        return
    said = t("{n} MB", n=t.number(free // MEGABYTE))
    if free < ROOM:
        yield doubtful(
            "room",
            t("The disk of the database has only {room} left.", room=said),
            t("Make room: what is full takes no tickets and no escalations."),
        )
    else:
        yield good("room", t("The disk of the database has {room} left.", room=said))


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
