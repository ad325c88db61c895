"""Alembic runs this with the connection it was given, inside that connection's transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from cspm_core.store import Utc
from cspm_core.tables import METADATA


def render(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Instants by their own name, so that each database gets its own column type."""
    if kind == "type" and isinstance(thing, Utc):
        autogen.imports.add("from cspm_core.store import Utc")
        return "Utc()"
    if kind == "type" and type(thing).__name__ == "AutoString":
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    compare_server_default=True,
    render_as_batch=True,
    render_item=render,
    user_module_prefix=None,
)
context.run_migrations()
