"""A demo as a visitor opens it, for tests: at a free port, from a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo import world
from bot.demo.opening import Demo
from bot.demo.record import Folder
from bot.words import Words

MINA = world.slack_id(world.RETURNS.lead)


@contextmanager
def no_bar(_label: str, _total: int) -> Iterator[Callable[[int], None]]:
    yield lambda _done: None


@contextmanager
def opened(path: Path, history: int = 9) -> Iterator[Demo]:
    folder = Folder(path)
    assert folder.lock()
    demo = Demo(folder, "127.0.0.1", 0, Words("en"), no_bar, history=history)
    try:
        demo.open()
        yield demo
    finally:
        demo.close()
        folder.unlock()
