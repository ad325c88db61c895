"""Text objects, addresses, confirmations, options: what the elements are made of, with their lengths."""

from __future__ import annotations

from typing import Any

from .rules import Report, Rule, choice, exactly_one, flag, items, pattern, shape, string

IS_TYPE: Rule = string(255)
ADDRESS_SCHEMES = ("http://", "https://", "mailto:", "tel:", "slack://")


def text(most: int = 3000, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Rule:
    """A text object of 1 to `most` characters, of one of these kinds."""

    def rule(report: Report, path: str, value: Any) -> None:
        if not isinstance(value, dict):
            report.add(path, "must provide a text object")
            return
        kind = value.get("type")
        if kind not in kinds:
            report.add(f"{path}/type", f"must be one of: {', '.join(kinds)}")
            return
        optional = {"emoji": flag} if kind == "plain_text" else {"verbatim": flag}
        shape({"type": IS_TYPE, "text": string(most)}, optional)(report, path, value)

    return rule


def plain(most: int) -> Rule:
    """A plain_text object: where Slack draws no formatting."""
    return text(most, ("plain_text",))


def address(most: int = 3000, schemes: tuple[str, ...] = ADDRESS_SCHEMES) -> Rule:
    """A link with one of the schemes that Slack follows."""

    def rule(report: Report, path: str, value: Any) -> None:
        string(most)(report, path, value)
        if isinstance(value, str) and not value.lower().startswith(schemes):
            report.add(path, "must be a valid URL with a scheme that is allowed")

    return rule


def action_id(report: Report, path: str, value: Any) -> None:
    """1 to 255 characters, once per block: a press must say which element it was."""
    string(255)(report, path, value)
    if isinstance(value, str):
        if value in report.action_ids:
            report.add(path, f"duplicate action_id: {value}")
        report.action_ids.add(value)


def focus(report: Report, path: str, value: Any) -> None:
    """Only one element of a view may take the focus."""
    flag(report, path, value)
    report.focused += bool(value)
    if value and report.focused > 1:
        report.add(path, "only one element may have focus_on_load")


CONFIRM: Rule = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
DATE = pattern(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "YYYY-MM-DD")
TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "HH:mm")
DISPATCH: Rule = shape({}, {"trigger_actions_on": items(choice("on_enter_pressed", "on_character_entered"), 1, 2)})


def option(words: Rule, link: bool = False) -> Rule:
    """An option: text 75, value 150, description 75; `link` for overflow menus, which may carry an address."""
    optional = {"description": plain(75)} | ({"url": address()} if link else {})
    return shape({"text": words, "value": string(150)}, optional)


PLAIN_OPTION = option(plain(75))
RICH_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
LINK_OPTION = option(plain(75), link=True)
OPTION_GROUP = shape({"label": plain(75), "options": items(PLAIN_OPTION, 1, 100)})


def ready_file(report: Report, path: str, value: Any) -> None:
    """A Slack file by id or url, which Slack has finished looking at."""
    before = len(report.problems)
    shape({}, {"id": string(255), "url": address()}, [exactly_one("id", "url")])(report, path, value)
    if len(report.problems) == before and not report.file_ready(value):
        report.add(path, "invalid slack file")


IMAGE: Rule = shape(
    {"type": IS_TYPE, "alt_text": string(2000)},
    {"image_url": address(schemes=("http://", "https://")), "slack_file": ready_file},
    [exactly_one("image_url", "slack_file")],
)
