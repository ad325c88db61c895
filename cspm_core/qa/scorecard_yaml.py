"""A scorecard as a YAML file, written and read. Words are taken as they stand, so that `No` is a word, not a bool."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import yaml
from sqlmodel import Session
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .. import errors
from ..people import Team, fold
from . import scorecards
from .rules import Criterion, Definition, OnCritical, OnNotApplicable, Section
from .scorecard_rules import MOST_CRITERIA, MOST_SECTIONS, check, key_for
from .scorecards import Card

LARGEST = 500_000
"""Characters of a file."""
CARD = ("name", "channel", "critical_failure", "not_applicable", "passed_from", "sections")
SECTION = ("name", "criteria")
CRITERION = ("name", "key", "weight", "critical", "na", "points", "guidance", "causes")
YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
E = TypeVar("E", bound=StrEnum)
Where = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds."""

    name: str
    channel: str
    definition: Definition


def import_scorecard(
    session: Session, team: Team, told: Written, *, name: str = "", by: int | None, now: datetime
) -> tuple[Card | None, Card]:
    """A team's scorecard of that name is as the file has it, and offered: as it was before, None where there was none,
    and as it is now. Raises BadScorecard, Changed."""
    wanted = name or told.name
    every = scorecards.scorecards_of(session, team, with_archived=True)
    before = next((one for one in every if fold(one.name) == fold(wanted)), None)
    card = scorecards.save_scorecard(
        session,
        team,
        wanted,
        told.definition,
        channel=told.channel,
        by=by,
        now=now,
        scorecard_id=before.id if before else None,
    )
    if card.is_archived:
        scorecards.unarchive_scorecard(session, team.workspace_id, card.id)
    return before, scorecards.scorecard(session, team.workspace_id, card.id)


def write_scorecard(name: str, channel: str, definition: Definition) -> str:
    """A file that `read_scorecard` reads again."""
    told: dict[str, Any] = {
        "name": name,
        **({"channel": channel} if channel else {}),
        "critical_failure": definition.on_critical.value,
        "not_applicable": definition.on_na.value,
        "passed_from": _plain(definition.passed_from),
        "sections": [
            {"name": section.name, "criteria": [_told(one) for one in section.criteria]}
            for section in definition.sections
        ],
    }
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110))


def _told(one: Criterion) -> dict[str, Any]:
    return {
        "name": one.name,
        "key": one.key,
        "weight": _plain(one.weight),
        "critical": one.is_critical,
        "na": one.may_be_na,
        "points": list(one.scale),
        **({"guidance": one.guidance} if one.guidance else {}),
        **({"causes": list(one.causes)} if one.causes else {}),
    }


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def read_scorecard(text: str) -> Written:
    """What a file holds. Raises BadScorecard with what is wrong, where, and the line."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader) if len(text) <= LARGEST else None
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 1 if error.problem_mark else 0
        raise errors.BadScorecard("unreadable", line=min(at, len(text.splitlines()))) from None
    except (yaml.YAMLError, RecursionError):
        raise errors.BadScorecard("unreadable") from None
    if root is None:
        raise errors.BadScorecard("unreadable")
    reader = _Reader()
    found = reader.card(root)
    try:
        check(found.definition)
    except errors.BadScorecard as wrong:
        wrong.line = wrong.line or reader.lines.get(wrong.where, 0)
        raise
    return found


class _Reader:
    """Walks the nodes of one file. `lines`: where each section and criterion begins."""

    def __init__(self) -> None:
        self.lines: dict[Where, int] = {}
        self.keys: list[str] = []

    def card(self, root: Node) -> Written:
        told = _fields(root, CARD, ())
        sections = _items(told, "sections", (), MOST_SECTIONS, "too_many_sections")
        self.keys = _keys_in(sections)
        definition = Definition(
            tuple(self.section(one) for one in sections),
            _choice(told, "critical_failure", OnCritical.ZERO),
            _choice(told, "not_applicable", OnNotApplicable.LEFT_OUT),
            _number(told, "passed_from", 80.0, ()),
        )
        return Written(_line(told, "name", (), needed=True), _line(told, "channel", ()), definition)

    def section(self, node: Node) -> Section:
        told = _fields(node, SECTION, ())
        name = _line(told, "name", (), needed=True, line=_row(node))
        self.lines.setdefault((name,), _row(node))
        criteria = _items(told, "criteria", (name,), MOST_CRITERIA, "too_many_criteria")
        return Section(name, tuple(self.criterion(one, name) for one in criteria))

    def criterion(self, node: Node, section: str) -> Criterion:
        told = _fields(node, CRITERION, (section,))
        name = _line(told, "name", (section,), needed=True, line=_row(node))
        where = (section, name)
        self.lines.setdefault(where, _row(node))
        key = _line(told, "key", where)
        if not key:
            key = key_for(name, self.keys)
            self.keys.append(key)
        return Criterion(
            key,
            name,
            tuple(_words(told, "points", where, needed=True)),
            _number(told, "weight", 1.0, where),
            _truth(told, "critical", False, where),
            _truth(told, "na", True, where),
            _scalar(told["guidance"], "guidance", where).strip() if "guidance" in told else "",
            tuple(_words(told, "causes", where)),
        )


def _keys_in(sections: Sequence[Node]) -> list[str]:
    """The keys that a file gives itself, so that a made one is none of them."""
    found = []
    for section in sections:
        for field, value in section.value if isinstance(section, MappingNode) else ():
            for one in value.value if field.value == "criteria" and isinstance(value, SequenceNode) else ():
                pairs = one.value if isinstance(one, MappingNode) else ()
                found += [str(known.value) for name, known in pairs if name.value == "key"]
    return found


def _fields(node: Node, known: Sequence[str], where: Where) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        raise errors.BadScorecard("no_fields", ", ".join(known), where, line=_row(node))
    told: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, ScalarNode) else ""
        if name not in known:
            raise errors.BadScorecard("no_field", name, where, part=", ".join(known), line=_row(key))
        if name in told:
            raise errors.BadScorecard("twice", name, where, part=name, line=_row(key))
        told[name] = value
    return told


def _items(told: dict[str, Node], part: str, where: Where, most: int, too_many: str) -> list[Node]:
    node = told.get(part)
    if node is None:
        raise errors.BadScorecard("missing", part, where, part=part)
    if not isinstance(node, SequenceNode):
        raise errors.BadScorecard("no_list", part, where, part=part, line=_row(node))
    if len(node.value) > most:
        raise errors.BadScorecard(too_many, where=where, part=part, number=most, line=_row(node))
    return list(node.value)


def _scalar(node: Node, part: str, where: Where) -> str:
    if not isinstance(node, ScalarNode):
        raise errors.BadScorecard("no_text", part, where, part=part, line=_row(node))
    is_null = node.tag == "tag:yaml.org,2002:null"
    return "" if is_null else str(node.value)


def _line(told: dict[str, Node], part: str, where: Where, *, needed: bool = False, line: int = 0) -> str:
    said = " ".join(_scalar(told[part], part, where).split()) if part in told else ""
    if needed and not said:
        raise errors.BadScorecard("missing", part, where, part=part, line=_row(told[part]) if part in told else line)
    return said


def _words(told: dict[str, Node], part: str, where: Where, *, needed: bool = False) -> list[str]:
    if part not in told and not needed:
        return []
    if part not in told:
        raise errors.BadScorecard("missing", part, where, part=part)
    node = told[part]
    if not isinstance(node, SequenceNode):
        raise errors.BadScorecard("no_list", part, where, part=part, line=_row(node))
    return [" ".join(_word(one, part, where).split()) for one in node.value[: MOST_CRITERIA + 1]]


def _word(node: Node, part: str, where: Where) -> str:
    if not isinstance(node, ScalarNode):
        raise errors.BadScorecard("no_text", part, where, part=part, line=_row(node))
    return str(node.value)


def _number(told: dict[str, Node], part: str, usual: float, where: Where) -> float:
    if part not in told:
        return usual
    said = _scalar(told[part], part, where).strip()
    try:
        number = float(said)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise errors.BadScorecard("no_number", said, where, part=part, line=_row(told[part]))
    return number


def _truth(told: dict[str, Node], part: str, usual: bool, where: Where) -> bool:
    if part not in told:
        return usual
    said = _scalar(told[part], part, where).strip().casefold()
    if said not in (*YES, *NO):
        raise errors.BadScorecard("no_truth", said, where, part=part, line=_row(told[part]))
    return said in YES


def _choice(told: dict[str, Node], part: str, usual: E) -> E:
    if part not in told:
        return usual
    said = _scalar(told[part], part, ()).strip()
    try:
        return type(usual)(said)
    except ValueError:
        known = ", ".join(one.value for one in type(usual))
        raise errors.BadScorecard("no_choice", said, (known,), part=part, line=_row(told[part])) from None


def _row(node: Node) -> int:
    return int(node.start_mark.line) + 1
