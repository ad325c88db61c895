"""The reviews behind a figure, shown or handed over: only those that the asker may see, and every look is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cspm_core import people
from cspm_core.qa.lists import Listed

from ..asking import Ask
from . import answers, review_views, sheets
from .names import name_of
from .scope import Scope


def show(ask: Ask, scope: Scope) -> None:
    """Which reviews, in a table."""
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        listed = answers.reviews_behind(session, ask, found, scope.metric)
        drawing = review_views.reviews(listed, found.name, found.scope, found.team.timezone, found.period, ask.t)
    looked_at(ask, (row.review for row in listed.rows), "reviews")
    ask.answer(drawing)


def send(ask: Ask, scope: Scope, *, is_first: Callable[[Ask], bool]) -> None:
    """All of them as a CSV file, in the asker's own direct messages."""
    with ask.reading() as session:
        found = answers.again(session, ask, scope)
        listed = answers.reviews_behind(session, ask, found, scope.metric)
    content = sheets.review_sheet([row.review for row in listed.rows], found.team.timezone, ask.t)
    looked_at(ask, (row.review for row in listed.rows), "reviews")
    if is_first(ask):
        ask.hand_over(f"{scope.metric}-{found.scope.period}.csv", content, name_of(listed.metric, ask.t))
    ask.answer({"text": ask.t("The file is in your direct messages with me.")})


def looked_at(ask: Ask, reviews: Iterable[Listed], what: str) -> None:
    """Whose reviews somebody is about to be shown is written down, for those people to read."""
    with ask.glancing() as session:
        asker = ask.asker(session)
    others = {one.agent_member_id for one in reviews} - {None, asker.member_id}
    if not others:
        return
    with ask.writing() as session:
        for member_id in sorted(one for one in others if one is not None):
            people.log_look(session, ask.workspace_id, asker, member_id, what, now=ask.now)
