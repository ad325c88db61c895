"""Who is in the workspace: people, the app's bot user, Slackbot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .model import Person

if TYPE_CHECKING:
    from .workspace import Workspace

SLACKBOT = "USLACKBOT"
COLOURS = ("#4a154b", "#1264a3", "#2b7a4b", "#b35c00", "#a1276b", "#3a5a78", "#7a4e00", "#5b3a9e", "#00696b")


class Roster:
    """Everybody by id; people are found by name, real name or id."""

    def __init__(self, workspace: Workspace, people: Sequence[Person]) -> None:
        self.all: dict[str, Person] = {}
        for index, given in enumerate(people):
            person = Person(**vars(given))
            person.id = person.id or workspace.new_id("U")
            person.real_name = person.real_name or person.name
            person.email = person.email or f"{handle(person)}@example.com"
            person.colour = person.colour or COLOURS[index % len(COLOURS)]
            self.all[person.id] = person
        name = workspace.manifest.bot_name
        self.bot = Person(name=name, real_name=name, id=workspace.new_id("U"), colour=COLOURS[1], is_bot=True)
        self.all[self.bot.id] = self.bot
        self.all[SLACKBOT] = Person(name="Slackbot", real_name="Slackbot", id=SLACKBOT, colour=COLOURS[0], is_bot=True)

    @property
    def people(self) -> list[Person]:
        """Everybody who is not a bot."""
        return [one for one in self.all.values() if not one.is_bot]

    def find(self, who: str) -> Person:
        """A person by id, name or real name; "app" is the bot. Raises LookupError."""
        if who in self.all:
            return self.all[who]
        wanted = who.removeprefix("@").casefold()
        if wanted == "app":
            return self.bot
        for one in self.all.values():
            if wanted in (one.name.casefold(), one.real_name.casefold()):
                return one
        raise LookupError(f"nobody here is called {who!r}; there are {[one.name for one in self.people]}")


def handle(person: Person) -> str:
    """The short name that Slack's payloads carry."""
    return person.name.casefold().replace(" ", ".")
