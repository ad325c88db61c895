"""The gallery's routes, to be mounted beside a local Slack, whose page knows how to draw blocks."""

from __future__ import annotations

import json
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ..blocks import Drawing
from ..plain import is_new, plain
from ..words import LANGUAGES, Words
from .examples import EXAMPLES, PICTURES

KINDS = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css"}


def routes() -> list[BaseRoute]:
    """`/gallery`, its files, its drawings as JSON, and its pictures."""
    return [
        Route("/gallery", _page),
        Route("/gallery/examples.json", _examples),
        Route("/gallery/picture/{language}/{name}.png", _picture),
        Route("/gallery/{file:str}", _file),
    ]


def drawings(language: str, *, without_new_blocks: bool) -> dict[str, Drawing]:
    """Every example in a language, by name; plain: only those that a workspace without new blocks sees otherwise."""
    words = Words(language)
    drawn = {name: _shown(name, draw(words), words) for name, draw in EXAMPLES.items()}
    if not without_new_blocks:
        return drawn
    return {name: _plain(name, drawing, words) for name, drawing in drawn.items() if is_new(drawing)}


def _plain(name: str, drawing: Drawing, words: Words) -> Drawing:
    """As it goes out where new blocks are refused; the picture comes from here instead of Slack's files."""
    return _shown(name, plain(drawing, words, lambda _: name), words)


def _shown(name: str, drawing: Drawing, words: Words) -> Drawing:
    """With pictures from here."""
    for block in drawing.get("blocks", ()):
        if block.pop("slack_file", None):
            block["image_url"] = f"/gallery/picture/{words.language}/{name}.png"
    return drawing


def _page(_: Request) -> Response:
    return _served("gallery.html")


def _file(request: Request) -> Response:
    return _served(request.path_params["file"])


def _served(name: str) -> Response:
    source = files(__package__) / name
    kind = KINDS.get(name.rsplit(".", 1)[-1])
    if not kind or not source.is_file():
        return Response("not found", 404)
    return Response(source.read_bytes(), media_type=kind)


def _examples(request: Request) -> Response:
    language = request.query_params.get("language", "en")
    if language not in LANGUAGES:
        return JSONResponse({"ok": False, "error": "unknown_language"}, 404)
    without = request.query_params.get("plain") == "1"
    return JSONResponse({"language": language, "drawings": drawings(language, without_new_blocks=without)})


def _picture(request: Request) -> Response:
    language, name = request.path_params["language"], request.path_params["name"]
    if language not in LANGUAGES or name not in EXAMPLES:
        return Response("not found", 404)
    if name in PICTURES:
        return Response(PICTURES[name](Words(language)), media_type="image/png")
    from .. import charts

    drawing = json.loads(json.dumps(EXAMPLES[name](Words(language))))
    charted = [block for block in drawing["blocks"] if block["type"] == "data_visualization"]
    return Response(charts.picture(charted[0]), media_type="image/png") if charted else Response("not found", 404)
