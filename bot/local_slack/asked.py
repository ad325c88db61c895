"""What a request of the people's side is about: whose seat, which message or view; and how it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import people_shapes
from .model import Json
from .seat import Seat
from .seen import SeenMessage, SeenView

if TYPE_CHECKING:
    from .workspace import Workspace


class Refusal(Exception):
    """What the control API cannot do: a code, a sentence, an HTTP status."""

    def __init__(self, code: str, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.status = code, sentence, status


def need(body: Json, name: str) -> str:
    """A field that must be there. Raises Refusal."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal("missing_field", f"The field “{name}” is missing.")
    return value


def seat_of(workspace: Workspace, body: Json) -> Seat:
    """The seat of the person in `as`. Raises LookupError."""
    return workspace.person(need(body, "as"))


def message_of(workspace: Workspace, seat: Seat, body: Json) -> SeenMessage:
    """The message of `channel` and `ts`. Raises LookupError."""
    return seat.message(workspace.channel(need(body, "channel")).id, need(body, "ts"))


def view_of(workspace: Workspace, seat: Seat, body: Json) -> SeenView:
    """The person's own modal or Home tab. Raises LookupError."""
    view = workspace.views.find(need(body, "view_id"))
    if view is None or view.user != seat.id:
        raise LookupError(f"{seat.name} has no view {body['view_id']} open")
    return SeenView(workspace, view)


def where_of(workspace: Workspace, seat: Seat, body: Json) -> SeenMessage | SeenView:
    """Where something is pressed: a view, else a message."""
    return view_of(workspace, seat, body) if body.get("view_id") else message_of(workspace, seat, body)


def stack_of(workspace: Workspace, seat: Seat) -> list[Json]:
    """The person's modals, bottom first."""
    return [people_shapes.view(workspace, one.raw) for one in seat.modals]


def home_of(workspace: Workspace, seat: Seat) -> Json | None:
    """The person's Home tab, if one was published."""
    return people_shapes.view(workspace, seat.home.raw) if seat.home else None
