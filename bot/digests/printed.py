"""A message as a terminal shows it: the same drawing, so that both say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ..blocks import Drawing

_LINK = re.compile(r"<(?:https?://[^|>]*|!date[^|>]*)\|([^>]*)>")
_MARK = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")


def printed(drawing: Drawing) -> Iterator[RenderableType]:
    """Each block in turn; what can only be pressed is left away."""
    for block in drawing["blocks"]:
        match block["type"]:
            case "header":
                yield Text(block["text"]["text"], style="bold")
            case "section":
                yield from (Text(), Text(plain(block["text"]["text"])))
            case "context":
                yield Text(" ".join(plain(part["text"]) for part in block["elements"]), style="dim")
            case "data_table":
                yield from (Text(), _table(block))


def plain(text: str) -> str:
    """mrkdwn without its marks: a link is its text, a moment its fallback."""
    bare = _MARK.sub(r"\1", _LINK.sub(r"\1", text))
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _table(block: Drawing) -> Table:
    header, *rows = block["rows"]
    table = Table(*(cell["text"] for cell in header), title=block["caption"], title_justify="left")
    for row in rows:
        table.add_row(*(Text(str(cell.get("text", ""))) for cell in row))
    return table
