"""Once a day, requests that nobody sends again are forgotten."""

from __future__ import annotations

from cspm_core import hooks, people

from ..runtime import Runtime


def tidy(runtime: Runtime) -> None:
    """Forget them in every workspace."""
    with runtime.store.reading() as session:
        every = [workspace.id for workspace in people.workspaces(session)]
    for workspace_id in every:
        with runtime.store.transaction() as session:
            hooks.forget_old(session, workspace_id, now=runtime.now())
