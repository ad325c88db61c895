"""From what a person types to what Slack stores: escapes, mentions of people, groups and channels, links."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LINK = re.compile(r"https?://[^\s<>]+")


def escaped(text: str) -> str:
    """Slack's three control characters as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The entities as characters again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _names(sign: str, names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({re.escape(escaped(name)) for name in names if name}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<![\w<]){sign}({'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def as_stored(
    text: str,
    people: dict[str, str],
    channels: dict[str, str],
    groups: dict[str, str],
    handles: dict[str, str] | None = None,
    links: bool = True,
) -> str:
    """Words with `@name`, `@group` and `#channel` as Slack's mentions.

    `people`, `channels` and `groups` map names to ids; with `handles` (id to short name) people become `<@U…|name>`
    and groups `<!subteam^S…|@handle>`, as escaped command texts have it.
    """
    people_by_name = {escaped(name).lower(): one for name, one in people.items()}
    groups_by_name = {escaped(name).lower(): (one, name) for name, one in groups.items()}
    channels_by_name = {escaped(name).lower(): (one, name) for name, one in channels.items()}

    def person(found: re.Match[str]) -> str:
        one = people_by_name[found[1].lower()]
        return f"<@{one}|{handles[one]}>" if handles else f"<@{one}>"

    def channel(found: re.Match[str]) -> str:
        one, name = channels_by_name[found[1].lower()]
        return f"<#{one}|{name}>"

    def group(found: re.Match[str]) -> str:
        one, name = groups_by_name[found[1].lower()]
        return f"<!subteam^{one}|@{name}>" if handles else f"<!subteam^{one}>"

    result = escaped(text)
    if links:
        result = _LINK.sub(lambda found: f"<{found[0]}>", result)
    for sign, names, mention in (("@", people, person), ("#", channels, channel), ("@", groups, group)):
        wanted = _names(sign, names)
        result = wanted.sub(mention, result) if wanted else result
    return result
