"""One welcome to each agent, a word when it changes who sees their figures, and the way to object."""

from .actions import CHANGED, OBJECTION, WELCOME, object_to, tell_anew, welcome
from .reads import Unaware, objection, objections, readers, told, told_level, unaware, wanting

__all__ = [
    "CHANGED",
    "OBJECTION",
    "WELCOME",
    "Unaware",
    "object_to",
    "objection",
    "objections",
    "readers",
    "tell_anew",
    "told",
    "told_level",
    "unaware",
    "wanting",
    "welcome",
]
