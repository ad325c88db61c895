"""The page of a performance talk as a PDF of A4 pages whose text can be selected, in each language’s own letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from cspm_core.coaching.performance import Page

from ..words import Words
from .performance_parts import Part, about, parts, title

FACES = {"ko": 1, "zh_TW": 3}
"""Noto Sans CJK by region, as its collection numbers them; Japanese is the first and serves Latin as well."""
FONT, INK, GREY, LINE = "noto", (29, 28, 29), (97, 96, 97), (221, 221, 221)
MARGIN = 18
WIDTHS = (34, 16, 9, 20, 21)
"""Of the table of figures, as parts of a hundred."""
HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CLOSING = "、。，．：；！？）」』】》〉”’,.:;!?)"
PIECES = re.compile(f"[{HAN}][{CLOSING}]*\\s*|[^\\s{HAN}]+\\s*|\\s+")


@cache
def _source() -> str:
    """Noto Sans CJK from its package."""
    import noto_cjk_sans_otc

    [source] = [one for one in files(noto_cjk_sans_otc).iterdir() if one.name.endswith((".ttc", ".otf"))]
    with as_file(source) as path:
        return str(path)


class _Sheet(FPDF):
    """A4 with page numbers."""

    def __init__(self, t: Words) -> None:
        super().__init__(format="A4")
        self.t = t
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.add_font(FONT, fname=_source(), collection_font_number=FACES.get(t.language, 0))
        self.add_page()

    def footer(self) -> None:
        self.set_y(-MARGIN + 4)
        self.set_font(FONT, size=8)
        self.set_text_color(*GREY)
        self.cell(0, 6, self.t("Page {n}", n=self.t.number(self.page_no())), align="R")

    def say(self, text: str, size: float, colour: tuple[int, int, int] = INK, *, indent: float = 0) -> None:
        """A paragraph."""
        self.set_font(FONT, size=size)
        self.set_text_color(*colour)
        room = self.epw - indent - 2 * self.c_margin
        for told in self.lines(text, room):
            self.set_x(MARGIN + indent)
            self.cell(room, size * 0.55, told, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def lines(self, text: str, room: float) -> Iterator[str]:
        """A text in lines of a width: broken between words, and after any Chinese or Japanese letter, but before no
        comma or full stop."""
        line = ""
        for piece in PIECES.findall(text.replace("\u202f", "\xa0")):
            if line and self.get_string_width((line + piece).rstrip()) > room:
                yield line.rstrip()
                line = ""
            line += piece if line else piece.lstrip()
        yield line.rstrip()


def pdf(one: Page, t: Words, now: datetime) -> bytes:
    """The whole page, nothing cut."""
    sheet = _Sheet(t)
    sheet.set_title(title(one, t))
    sheet.set_creation_date(now)
    sheet.say(title(one, t), 20)
    sheet.say(about(one, t), 9, GREY)
    for part in parts(one, t):
        _part(sheet, part)
    return bytes(sheet.output())


def _part(sheet: _Sheet, part: Part) -> None:
    sheet.ln(4)
    if sheet.will_page_break(18):
        sheet.add_page()
    sheet.say(part.title, 13)
    sheet.set_draw_color(*LINE)
    sheet.line(MARGIN, sheet.get_y() + 0.5, sheet.w - MARGIN, sheet.get_y() + 0.5)
    sheet.ln(2)
    if part.table:
        _table(sheet, part)
    for line in part.lines:
        sheet.say(line, 10, indent=4 if part.is_quote else 0)
        sheet.ln(0.8)


def _table(sheet: _Sheet, part: Part) -> None:
    sheet.set_font(FONT, size=9)
    sheet.set_text_color(*INK)
    head = FontFace(color=GREY)
    with sheet.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=WIDTHS,
        headings_style=head,
        line_height=5,
        padding=1,
        text_align="LEFT",
    ) as drawn:
        for row in part.table:
            drawn.row([cell.replace("\u202f", "\xa0") for cell in row])
