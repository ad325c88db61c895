"""Pressing anything with any value, and what came of it: what was shown to whom, and what changed in the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.local_slack import payloads
from bot.local_slack.model import Message, View
from bot.local_slack.workspace import Workspace

from .rights_stage import CAST, Stage

Json = dict[str, Any]
BROKEN = ("Something broke on our side", "This belongs to an older version")
REMEMBERED = {"receipt", "member", "lease", "detector_watch", "heard"}
"""What only remembers that somebody was here: that a form was sent, which team they had, how far jobs are."""
SPEAKS, SHOWS = ("chat.postMessage", "chat.update"), ("views.open", "views.update", "views.push", "views.publish")
EMPTY = ("review.choose.form",)
"""Forms that ask what somebody means: they open for whoever may mean anything."""


class Rows:
    """Every row of a SQLite store: what a press changed, and how it is undone."""

    def __init__(self, path: str) -> None:
        self._line = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._line.execute("PRAGMA foreign_keys = OFF")
        named = self._line.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        self._tables = [name for (name,) in named if not name.startswith("sqlite_")]
        self._before = {name: self._of(name) for name in self._tables}
        self._version = self._now()

    def _now(self) -> int:
        return int(self._line.execute("PRAGMA data_version").fetchone()[0])

    def _of(self, table: str) -> set[tuple[Any, ...]]:
        return set(self._line.execute(f'SELECT rowid, * FROM "{table}"'))

    def undone(self) -> dict[str, set[tuple[Any, ...]]]:
        """The rows that came, by table, those that went as well; all of it is undone."""
        if self._now() == self._version:
            return {}
        found: dict[str, set[tuple[Any, ...]]] = {}
        for name, before in self._before.items():
            after = self._of(name)
            if after != before:
                found[name] = after ^ before
                self._undo(name, after - before, before - after)
        self._version = self._now()
        return found

    def _undo(self, table: str, come: set[tuple[Any, ...]], gone: set[tuple[Any, ...]]) -> None:
        columns = [row[1] for row in self._line.execute(f'PRAGMA table_info("{table}")')]
        names = ", ".join(f'"{one}"' for one in ("rowid", *columns))
        marks = ", ".join("?" * (len(columns) + 1))
        self._line.execute("BEGIN IMMEDIATE")
        self._line.executemany(f'DELETE FROM "{table}" WHERE rowid = ?', [(row[0],) for row in come])
        self._line.executemany(f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({marks})', list(gone))
        self._line.execute("COMMIT")

    def write(self, table: str, statement: str, *values: object) -> None:
        """Change something for good, as far as later presses go."""
        self._line.execute(statement, values)
        self._before[table] = self._of(table)
        self._version = self._now()

    def close(self) -> None:
        self._line.close()


@dataclass
class Outcome:
    """What came of one press. `told`: plain sentences to whoever pressed; `shown`: all that was drawn for them;
    `elsewhere`: what anybody else got; `looks`: (viewer, subject, what) written into the log."""

    told: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    looks: set[tuple[int, int, str]] = field(default_factory=set)
    has_form: bool = False
    """Whether a form was opened that can be sent."""

    @property
    def is_broken(self) -> bool:
        return any(words in one for one in (*self.told, *self.shown) for words in BROKEN)

    @property
    def is_refusal(self) -> bool:
        """One kind sentence, and nothing else happened."""
        return bool(self.told) and not (self.shown or self.elsewhere or self.changed or self.looks)

    def has(self, marks: tuple[str, ...]) -> list[str]:
        """Which of these words were shown or told."""
        return [one for one in marks if any(one in said for said in (*self.told, *self.shown))]


@dataclass(frozen=True)
class Press:
    """What somebody does. `kind`: button, in (a modal), form, menu, command, shortcut, home. `carries`: the value, or
    what a modal was opened with; `fields`: what was filled in; `chosen`: the value of what was pressed in a modal."""

    kind: str
    id: str
    carries: str = ""
    fields: Mapping[str, Json] = field(default_factory=dict)
    chosen: str = ""


class Hands:
    """Does it, looks what came of it, and undoes it."""

    def __init__(self, stage: Stage, path: str) -> None:
        self.stage = stage
        self._rows = Rows(path)
        self._lines = {role: self._line(role) for role in CAST}

    @property
    def _slack(self) -> Workspace:
        return self.stage.house.slack

    def _line(self, role: str) -> Message:
        """A message of the bot's in everybody's direct messages, under which buttons are pressed."""
        slack = self._slack
        place = slack.person(CAST[role]).dm()
        return slack.conversations.post(place.id, slack.bot_user_id, "…", bot=True)

    def does(self, role: str, press: Press) -> Outcome:
        """One press by somebody, and all that came of it."""
        slack, seat = self._slack, self._slack.person(CAST[role])
        with self._watching(role) as found:
            if press.kind == "home":
                seat.opens_home()
                return found
            where = self._view(seat.id, press) if press.kind in ("in", "form", "menu") else self._lines[role]
            body, sort = self._body(role, press, where)
            answer = slack.delivery.ask(body, sort)
            assert answer.status == "ok", (role, press, answer)
            self._heard(press, answer.payload, found)
        return found

    @contextmanager
    def _watching(self, role: str) -> Iterator[Outcome]:
        slack, found, line = self._slack, Outcome(), self._lines[role]
        user, files = slack.person(CAST[role]).id, set(slack.files)
        slack.calls.clear()
        slack.conversations.ephemerals.clear()
        slack.views.stacks.clear()
        slack.views.homes.clear()
        yield found
        slack.settle()
        self._spoken(user, found)
        for message in slack.conversations.ephemerals.get(user, []):
            _said(found, message.text, message.blocks)
        if line.blocks is not None:
            _said(found, line.text, line.blocks)
            line.text, line.blocks = "…", None
        for name in set(slack.files) - files:
            found.shown.append(slack.files[name].data.decode("utf-8", "replace") or "a file")
        self._kept(found)

    def _spoken(self, user: str, found: Outcome) -> None:
        slack = self._slack
        own = {user, slack.conversations.with_app(user).id}
        for call in slack.calls:
            words = json.dumps(call.arguments, ensure_ascii=False, default=str)
            assert not call.error or call.error in ("hash_conflict", "not_found"), (call.method, call.error)
            if call.method in SHOWS and not call.error:
                found.shown.append(words)
                self._formed(call.arguments["view"], found)
            elif call.method in SPEAKS:
                place = str(call.arguments["channel"])
                if place not in own:
                    found.elsewhere.append((place, words))
                elif call.arguments.get("blocks"):
                    found.shown.append(words)
                else:
                    found.told.append(str(call.arguments.get("text")))

    def _kept(self, found: Outcome) -> None:
        come = self._rows.undone()
        for row in come.pop("look", ()):
            found.looks.add((row[-3], row[-2], row[-1]))
        found.changed = set(come) - REMEMBERED

    def _heard(self, press: Press, payload: Any, found: Outcome) -> None:
        """What the answer to the payload itself says."""
        told = payload if isinstance(payload, dict) else {}
        if press.kind == "menu":
            words = json.dumps(told.get("options") or [], ensure_ascii=False)
            (found.shown if told.get("options") else found.told).append(words)
        elif told.get("response_action") == "errors":
            found.told.extend(str(one) for one in told["errors"].values())
        elif told.get("view"):
            self._formed(told["view"], found)
            words = json.dumps(told["view"], ensure_ascii=False)
            (found.shown if len(told["view"]["blocks"]) > 1 else found.told).append(words)

    def _formed(self, view: Any, found: Outcome) -> None:
        given = json.loads(view) if isinstance(view, str) else view
        found.has_form |= bool(given.get("submit")) and given.get("callback_id") not in EMPTY

    def _view(self, user: str, press: Press) -> View:
        """A modal with whatever in it, as if the bot had opened it."""
        block = {"type": "section", "block_id": "forged", "text": {"type": "mrkdwn", "text": "…"}}
        given = {"type": "modal", "callback_id": press.id, "title": {"type": "plain_text", "text": "…"},
                 "blocks": [block], "private_metadata": press.carries}  # fmt: skip
        return self._slack.views.push(user, given)

    def _body(self, role: str, press: Press, where: Message | View) -> tuple[Json, str]:
        slack = self._slack
        person = slack.person(CAST[role]).who
        if press.kind == "command":
            place = slack.conversations.with_app(person.id)
            return payloads.command(slack, person, place, press.id, press.carries), "slash_commands"
        if press.kind == "shortcut":
            message = slack.conversations.post(self._lines[role].channel, person.id, press.carries, at_once=True)
            return payloads.shortcut(slack, person, press.id, message), "interactive"
        if press.kind == "form":
            assert isinstance(where, View)
            body = payloads.submission(slack, person, where)
            body["view"]["state"] = {"values": _values(press.fields)}
        elif press.kind == "menu":
            found: Json = {"block_id": press.chosen or "forged"}
            body = payloads.suggestion(slack, person, where, (found, {"action_id": press.id}), "")
        else:
            body = payloads.block_actions(slack, person, where, self._action(press))
            if isinstance(where, View):
                body["view"]["state"] = {"values": _values(press.fields)}
        return body, "interactive"

    def _action(self, press: Press) -> Json:
        carried = press.chosen if press.kind == "in" else press.carries
        option = {"text": {"type": "plain_text", "text": "…"}, "value": carried}
        stamp = f"{self.stage.house.now.timestamp() + 60:.6f}"
        return {"type": "button", "action_id": press.id, "block_id": "forged", "value": carried,
                "selected_option": option, "action_ts": stamp}  # fmt: skip

    def agree(self, level: str) -> None:
        """What the team has agreed to, from now on."""
        statement = "UPDATE team SET person_figures = ? WHERE id = ?"
        self._rows.write("team", statement, level, self.stage.team.id)

    def close(self) -> None:
        self._rows.close()


def _said(found: Outcome, text: str, blocks: list[Json] | None) -> None:
    if blocks:
        found.shown.append(text + json.dumps(blocks, ensure_ascii=False))
    else:
        found.told.append(text)


def _values(fields: Mapping[str, Json]) -> Json:
    return {block: {block: {"type": "forged", **entry}} for block, entry in fields.items()}


def typed(words: str) -> Json:
    return {"value": words}


def picked(choice: object) -> Json:
    return {"selected_option": {"value": str(choice)}}


def ticked(*choices: object) -> Json:
    return {"selected_options": [{"value": str(one)} for one in choices]}
