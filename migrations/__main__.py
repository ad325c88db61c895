"""`python -m migrations "what changes"` drafts the next step: what the declared tables have and the steps do not."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from bot.running import database
from cspm_core.store import Store


def main() -> None:
    """Bring an empty database up to the last step, compare, and write the difference as a new file."""
    message = " ".join(sys.argv[1:]).strip()
    if not message:
        sys.exit('Say what changes: make migration m="give teams a colour"')
    number = len(list((database.MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'draft.db'}")
        with database.exclusively(store) as connection:
            config = database.alembic(connection)
            command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        store.close()


if __name__ == "__main__":
    main()
