"""What a lead does in the editor of a scorecard: every press is kept at once in a draft, and Save makes it count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import App

from cspm_core import errors, qa, receipts
from cspm_core.qa.scorecard_edits import Edit

from .. import ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..listening import Instead, form, later, opener
from ..refusals import sentence
from . import scorecard_desk, scorecard_fields, scorecard_part_forms
from .scorecard_forms import NAMED, declined, overview
from .scorecard_names import change_lines
from .scorecard_pages import page_with, pages

MOST_LINES = 10
STEP = {"up": -1, "down": 1}


def register(app: App) -> None:
    app.action(ids.SCORECARD_PAGE)(turn)
    app.action(ids.SCORECARD_CRITERION)(do_criterion)
    app.action(ids.SCORECARD_CRITERION_NEW)(ask_criterion)
    app.view(ids.SCORECARD_CRITERION_FORM)(keep_criterion)
    app.action(ids.SCORECARD_SECTION)(do_section)
    app.action(ids.SCORECARD_SECTION_NEW)(ask_section)
    app.view(ids.SCORECARD_SECTION_FORM)(keep_section)
    app.action(ids.SCORECARD_SETTINGS)(ask_settings)
    app.view(ids.SCORECARD_SETTINGS_FORM)(keep_settings)
    app.action(ids.SCORECARD_DISCARD)(discard)
    app.view(ids.SCORECARD_FORM)(save)


@opener
def turn(ask: Ask) -> None:
    """Another section of a large one."""
    _apply(ask, None, page=int(ask.carried))


@opener
def do_criterion(ask: Ask) -> None:
    """Edit, up, down, remove."""
    told = ask.pressed()
    key, do = str(told["k"]), str(told["do"])
    if do == "edit":
        _push_criterion(ask, key)
    elif do == "drop":
        _apply(ask, qa.drop_criterion(key))
    else:
        _apply(ask, qa.move_criterion(key, STEP[do]), follow=key)


@opener
def ask_criterion(ask: Ask) -> None:
    """A new one."""
    _push_criterion(ask, "")


def _push_criterion(ask: Ask, key: str) -> None:
    about = scorecard_desk.carried(ask)
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(about["card"]))
        definition = scorecard_desk.editing(session, ask, found).draft.definition
    place = qa.place_of(definition, key)
    one = definition.criterion(key) if place else None
    shown = pages(definition)[min(int(about["page"]), len(pages(definition)) - 1)]
    at = place[0] if place else len(definition.sections) - 1 if shown.section is None else shown.section
    scorecard_desk.push(ask, scorecard_part_forms.criterion(one, at, definition, _carried(ask, about, k=key), ask.t))


@form
def keep_criterion(ask: Ask) -> dict[str, str] | None:
    """Kept in the draft before the modal closes; the editor below is drawn anew."""
    told = fields.carried(ask)
    try:
        with ask.writing() as session:
            found = scorecard_desk.led(session, ask, int(told["card"]))
            if receipts.first_time(session, ask.workspace_id, _receipt(ask), now=ask.now):
                definition = scorecard_desk.editing(session, ask, found).draft.definition
                key = str(told.get("k") or "")
                known = definition.criterion(key) if qa.place_of(definition, key) else None
                one, section = scorecard_fields.criterion(ask, known)
                edit = qa.put_criterion(one, section)
                qa.change_draft(session, ask.workspace_id, found.card.id, found.by, edit, now=ask.now)
    except errors.BadScorecard as wrong:
        return _beside(ask, wrong)
    _below(ask, told)
    return None


@opener
def do_section(ask: Ask) -> None:
    """Rename, up, down, remove. A menu that is out of date changes nothing."""
    told = ask.pressed()
    number, name, do = int(told["s"]), str(told["n"]), str(told["do"])
    if do == "edit":
        _push_section(ask, number, name)
    else:
        change = qa.drop_section(number) if do == "drop" else qa.move_section(number, STEP[do])
        _apply(ask, _if_named(number, name, change))


@opener
def ask_section(ask: Ask) -> None:
    """A new one, at the end."""
    _push_section(ask, None, "")


def _push_section(ask: Ask, number: int | None, name: str) -> None:
    about = scorecard_desk.carried(ask)
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(about["card"]))
        sections = scorecard_desk.editing(session, ask, found).draft.definition.sections
    known = sections[number].name if number is not None and number < len(sections) else ""
    if not known.startswith(name):
        raise errors.Changed
    carried = _carried(ask, about, s=number, n=name)
    scorecard_desk.push(ask, scorecard_part_forms.section(known, carried, ask.t))


@form
def keep_section(ask: Ask) -> dict[str, str] | None:
    """A section is renamed or added."""
    told, name = fields.carried(ask), fields.text(ask, scorecard_part_forms.NAME)
    number = told.get("s")
    edit = qa.add_section(name) if number is None else qa.rename_section(int(number), name)
    try:
        with ask.writing() as session:
            found = scorecard_desk.led(session, ask, int(told["card"]))
            if receipts.first_time(session, ask.workspace_id, _receipt(ask), now=ask.now):
                wanted = edit if number is None else _if_named(int(number), str(told.get("n") or ""), edit)
                qa.change_draft(session, ask.workspace_id, found.card.id, found.by, wanted, now=ask.now)
    except errors.BadScorecard as wrong:
        return _beside(ask, wrong)
    _below(ask, told)
    return None


@opener
def ask_settings(ask: Ask) -> None:
    """Name, channel, and how it is scored."""
    about = scorecard_desk.carried(ask)
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(about["card"]))
        draft = scorecard_desk.editing(session, ask, found).draft
    scorecard_desk.push(ask, scorecard_part_forms.settings(draft, _carried(ask, about), ask.t))


@form
def keep_settings(ask: Ask) -> dict[str, str] | None:
    """Kept in the draft before the modal closes."""
    told = fields.carried(ask)
    name = fields.text(ask, scorecard_part_forms.NAME)
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(told["card"]))
        definition = scorecard_desk.editing(session, ask, found).draft.definition
        wanted = scorecard_fields.settings(ask, definition)
        if not 0 <= wanted.passed_from <= 100:
            return {scorecard_part_forms.PASSED: ask.t("Write a number from {low} to {high}.", low="0", high="100")}
        if not name:
            return {scorecard_part_forms.NAME: ask.t("Give it a name.")}
        qa.change_draft_settings(
            session, ask.workspace_id, found.card.id, found.by, name, scorecard_fields.channel(ask),
            lambda now: replace(now, on_critical=wanted.on_critical, on_na=wanted.on_na,
                                passed_from=wanted.passed_from), now=ask.now,
        )  # fmt: skip
    _below(ask, told)
    return None


@opener
def discard(ask: Ask) -> None:
    """Begin again from what stands."""
    about = scorecard_desk.carried(ask)
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(about["card"]))
        qa.discard_draft(session, ask.workspace_id, found.card.id, found.by)
        now = scorecard_desk.editing(session, ask, found, url=str(about.get("url") or ""))
    scorecard_desk.redraw(ask, now, _view_id(ask))


@form
def save(ask: Ask) -> Instead | None:
    """The draft becomes the scorecard. What stands in the way is said in the editor, which stays open."""
    about = scorecard_desk.carried(ask)
    scorecard_id, url = int(about["card"]), str(about.get("url") or "")
    try:
        with ask.writing() as session:
            found = scorecard_desk.led(session, ask, scorecard_id)
            if not receipts.first_time(session, ask.workspace_id, _receipt(ask), now=ask.now):
                return None
            before, card = qa.save_draft(session, found.team, scorecard_id, found.by, now=ask.now)
    except (errors.NotAllowed, errors.Unknown) as wrong:
        return Instead(declined(sentence(wrong, ask.t), ask.t))
    except errors.Refusal as wrong:
        return _still(ask, about, sentence(wrong, ask.t))
    if before.is_changed:
        later(ask.slack, "qa.scorecard_saved",
              lambda: scorecard_desk.list_anew(ask, found.team.id, _saved(ask, before, card), url))  # fmt: skip
    return None


def _still(ask: Ask, about: dict[str, Any], said: str) -> Instead:
    """The editor with what went wrong, nothing lost."""
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(about["card"]))
        url = str(about.get("url") or "")
        now = scorecard_desk.editing(session, ask, found, page=int(about["page"]), url=url, said=said)
    return Instead(overview(now, ask.t))


def _saved(ask: Ask, before: qa.ScorecardDraft, card: qa.Card) -> str:
    """What was changed, and in which version it stands."""
    t = ask.t
    if card.version != before.card.version:
        said = t("“{name}” is version {n} now. Reviews made before keep theirs.", name=card.name,
                 n=t.number(card.version))  # fmt: skip
    else:
        said = t("“{name}” is saved.", name=card.name)
    return "\n".join([said, *(f"• {line}" for line in change_lines(before.changes, t)[:MOST_LINES])])


def _apply(ask: Ask, edit: Edit | None, *, page: int | None = None, follow: str = "") -> None:
    """Keep one change, and draw the editor anew: the page asked for, or the one to which a criterion moved."""
    about = scorecard_desk.carried(ask)
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(about["card"]))
        if edit is not None:
            qa.change_draft(session, ask.workspace_id, found.card.id, found.by, edit, now=ask.now)
        now = scorecard_desk.editing(
            session, ask, found, page=int(about["page"]) if page is None else page, url=str(about.get("url") or "")
        )
    place = qa.place_of(now.draft.definition, follow)
    if place:
        now = replace(now, page=page_with(now.draft.definition, *place))
    scorecard_desk.redraw(ask, now, _view_id(ask))


def _if_named(number: int, name: str, edit: Edit) -> Edit:
    """The change, where the section of that number still is the one that was meant."""

    def change(definition: qa.Definition) -> qa.Definition:
        every = definition.sections
        is_it = number < len(every) and every[number].name[:NAMED] == name
        return edit(definition) if is_it else definition

    return change


def _carried(ask: Ask, about: dict[str, Any], **more: Any) -> str:
    """What a modal on top carries: about what it is, and which modal lies below."""
    return value(**{**about, **more, "below": _view_id(ask)})


def _below(ask: Ask, told: dict[str, Any]) -> None:
    """The editor below, drawn anew once this modal has closed."""

    def draw() -> None:
        with ask.writing() as session:
            found = scorecard_desk.led(session, ask, int(told["card"]))
            now = scorecard_desk.editing(session, ask, found, page=int(told["page"]), url=str(told.get("url") or ""))
        scorecard_desk.redraw(ask, now, str(told["below"]))

    later(ask.slack, "qa.scorecard_kept", draw)


def _beside(ask: Ask, wrong: errors.BadScorecard) -> dict[str, str]:
    block = scorecard_fields.beside(wrong, scorecard_part_forms.NAME)
    return {block: sentence(errors.BadScorecard(wrong.reason, wrong.text, number=wrong.number, part=wrong.part), ask.t)}


def _view_id(ask: Ask) -> str:
    return str(ask.slack.body["view"]["id"])


def _receipt(ask: Ask) -> str:
    return f"scorecard:{_view_id(ask)}"
