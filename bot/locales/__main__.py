"""`python -m bot.locales` brings every translation file up to date with the texts in the code, keeping what stands."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
BOT = HERE.parent
LANGUAGES = ("zh_TW", "nl", "ko")
LEFT_OUT = ("local_slack", "demo/texts", "locales")
"""The local Slack speaks English only; the demo's tickets are data, in their own languages."""

UNSTEADY = tuple(
    f'"{name}'.encode()
    for name in ("Project-Id", "Report-", "POT-", "PO-Rev", "Last-Tr", "Language-Team", "Generated-By")
)
"""Header lines that say nothing here, or change without a text changing."""


def texts() -> Catalog:
    """Every text that a person may see, with the files it stands in."""
    found = Catalog(charset="utf-8")
    for path in sources():
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            said = [a.value for a in call.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if said:
                found.add(said[0] if len(said) == 1 else tuple(said), locations=[(f"bot/{inside(path)}", 0)])
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that mark a text: t(…), t.n(one, many, …), N_(…), also as ask.t(…). Within f-strings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id="t" | "N_") | ast.Attribute(attr="t"):
                    yield node
                case ast.Attribute(attr="n", value=ast.Name(id="t") | ast.Attribute(attr="t")):
                    yield node


def inside(path: Path) -> str:
    """Where a file stands in `bot`."""
    return path.relative_to(BOT).as_posix()


def sources() -> Iterator[Path]:
    """The files whose texts are translated, in order."""
    for path in sorted(BOT.rglob("*.py")):
        if not inside(path).startswith(LEFT_OUT):
            yield path


def translations(language: str) -> Catalog:
    """What stands in a language's file; nothing yet where there is none."""
    path = HERE / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, template: Catalog) -> int:
    """Write a language's file anew; how many texts wait for a translation."""
    catalog = translations(language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = "#"
    for message in catalog:
        message.flags.discard("python-format")  # "95 % interval" is none
    written = io.BytesIO()
    write_po(written, catalog, width=120, sort_output=True, include_lineno=False)
    lines = written.getvalue().splitlines(keepends=True)
    (HERE / f"{language}.po").write_bytes(b"".join(line for line in lines if not line.startswith(UNSTEADY)))
    return sum(1 for message in catalog if message.id and not is_translated(message.string))


def is_translated(string: str | Sequence[str] | None) -> bool:
    """Whether every form is there."""
    return bool(string) and all([string] if isinstance(string, str) else string or [])


def main() -> None:
    """Every language, each with what waits."""
    template = texts()
    for language in LANGUAGES:
        print(f"{language}: {update(language, template)} of {len(template)} wait for a translation")  # noqa: T201


if __name__ == "__main__":
    main()
