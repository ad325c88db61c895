"""A Slack workspace on this machine: Web API, Socket Mode, people who type and click, and a page to watch it in.

It knows the bot only as an app that connects. `Workspace` is the whole in memory, `Server` puts it on a port,
`Workspace.person(name)` gives a person's hands and eyes.
"""

from __future__ import annotations

from .faults import Faults, Strike
from .model import Call, Channel, Complaint, Group, Lever, Person, StoredFile
from .seat import Seat
from .seen import SeenMessage, SeenView, Submission
from .server import Server
from .workspace import Workspace

__all__ = [
    "Call",
    "Channel",
    "Complaint",
    "Faults",
    "Group",
    "Lever",
    "Person",
    "Seat",
    "SeenMessage",
    "SeenView",
    "Server",
    "StoredFile",
    "Strike",
    "Submission",
    "Workspace",
]
