"""What somebody changed in the review modal, and writing it into the draft: whatever they did, all of it is kept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from cspm_core import qa
from cspm_core.qa import Criterion, QaReview

from ..blocks import Drawing
from . import review_forms as forms


@dataclass
class Said:
    """What differs from how the modal was drawn: by the criterion's place in its scorecard."""

    version_id: int | None = None
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    """score (None, a point or `NA`), causes (places), comment."""
    opened: list[int] | None = None
    comment: str | None = None
    in_person: bool | None = None


def changed(view: Mapping[str, Any], pressed: Container[str]) -> Said:
    """What stands in the fields of a modal that was not drawn so, also what Slack has not told by itself yet; and what
    was pressed (block ids) in any case, since words that are taken away again may be as they were drawn."""
    return _said((block, now) for block, drawn, now in _fields(view) if drawn != now or block["block_id"] in pressed)


def everything(view: Mapping[str, Any]) -> Said:
    """All that stands in the fields of a modal: what somebody sees is what they send."""
    return _said((block, now) for block, _, now in _fields(view))


def _said(fields: Iterable[tuple[Drawing, Any]]) -> Said:
    said = Said()
    for block, now in fields:
        what, _, rest = str(block["block_id"]).partition(".")
        version, _, place = rest.partition(".")
        if version:
            said.version_id = int(version)
        match what:
            case forms.COMMENT:
                said.comment = now
            case forms.IN_PERSON:
                said.in_person = bool(now)
            case forms.EXCEPT:
                said.opened = [int(one) for one in now]
            case forms.SCORE:
                said.answers.setdefault(int(place), {})["score"] = now
            case forms.CAUSES:
                said.answers.setdefault(int(place), {})["causes"] = [int(one) for one in now]
            case forms.WORDS:
                said.answers.setdefault(int(place), {})["comment"] = now
    return said


def keep(session: Session, review: QaReview, said: Said) -> None:
    """Write it into the draft. What belongs to another scorecard than the draft's is of no use any more."""
    if said.comment is not None:
        qa.write_comment(session, review, said.comment)
    if said.in_person is not None:
        qa.tell_in_person(session, review, said.in_person)
    if said.version_id != review.version_id:
        return
    criteria = qa.definition_of(session, review).criteria
    for place, told in said.answers.items():
        if place < len(criteria):
            qa.write_answer(session, review, criteria[place].key, **_answer(criteria[place], told))
    if said.opened is not None:
        qa.open_only(session, review, [criteria[n].key for n in said.opened if n < len(criteria)])


def _answer(criterion: Criterion, told: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "score" in told:
        score = told["score"]
        found = {"is_na": True} if score == forms.NA else {"score": float(score) if score else None}
    if "causes" in told:
        found["causes"] = [criterion.causes[n] for n in told["causes"] if n < len(criterion.causes)]
    if "comment" in told:
        found["comment"] = told["comment"]
    return found


def _fields(view: Mapping[str, Any]) -> Iterator[tuple[Drawing, Any, Any]]:
    """Each field with what it was drawn with and what it holds now."""
    values: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
    for block in view.get("blocks") or ():
        held = values.get(block.get("block_id"), {})
        if block.get("type") != "input" or not held:
            continue
        element, now = block["element"], next(iter(held.values()))
        match element["type"]:
            case "static_select":
                yield block, _value(element.get("initial_option")), _value(now.get("selected_option"))
            case "multi_static_select" | "checkboxes":
                yield block, _values(element.get("initial_options")), _values(now.get("selected_options"))
            case "plain_text_input":
                yield block, element.get("initial_value") or "", (now.get("value") or "").strip()


def _value(chosen: Mapping[str, Any] | None) -> str:
    return str((chosen or {}).get("value") or "")


def _values(chosen: Any) -> list[str]:
    return sorted(str(one["value"]) for one in chosen or ())
