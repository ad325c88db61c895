"""The page behind `/cspm help`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..blocks import Drawing
from ..words import Words
from . import views

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {"door.help": views.help_text}
