"""Taking a name apart: without accents, brackets and titles, each script for itself. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

Parts = tuple[str, ...]

MOST_PARTS = 5
"""Of a longer name only the whole is compared."""
TITLES = frozenset(("mr", "mrs", "ms", "dr", "prof", "ir", "drs", "dhr", "mevr"))
"""No part of a name."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_APART = re.compile(r"[^\w’']|_")
_AN_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
EAST_ASIAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u3040-\u30ff]")


def is_address(told: str) -> bool:
    """Whether a folded name is an address."""
    return _AN_ADDRESS.fullmatch(told) is not None


def login_of(told: str) -> str:
    """What stands before the @ of an address, or the one word there is; empty: several."""
    if is_address(told):
        return told.partition("@")[0].partition("+")[0]
    return "" if " " in told or EAST_ASIAN.search(told) else told


def parts_of(told: str) -> set[Parts]:
    """Every way to take a folded name apart."""
    return {parts for one in _spellings(login_of(told) or told) for parts in _splits(one)}


def is_whole(parts: Parts) -> bool:
    """More than one part and no initials; or a Chinese, Japanese or Korean name with its family name."""
    if EAST_ASIAN.search("".join(parts)):
        return len("".join(parts)) > 2
    return len(parts) > 1 and all(len(part) > 1 for part in parts)


def compact(text: str) -> str:
    """Without anything that stands between letters."""
    return "".join(one for one in text if one.isalnum())


def _spellings(told: str) -> set[str]:
    """The name without what stands in brackets; what is written in two scripts is two names."""
    bare = _BRACKETED.sub(" ", told).strip() or told
    apart = {bare, *(inside for inside in _inside(told) if _is_name(inside))}
    found: set[str] = set()
    for one in apart:
        words = _APART.split(one)
        eastern = [word for word in words if EAST_ASIAN.search(word)]
        western = [word for word in words if word and not EAST_ASIAN.search(word)]
        found |= {" ".join(some) for some in (eastern, western) if some}
    return found


def _inside(told: str) -> Iterator[str]:
    for one in _BRACKETED.findall(told):
        yield one[1:-1].strip()


def _is_name(inside: str) -> bool:
    """`(Mina Park)` and `(박미나)` are; `(Support)` is none."""
    return bool(EAST_ASIAN.search(inside)) or len(inside.split()) > 1


def _splits(spelling: str) -> set[Parts]:
    """Its parts, without accents and with umlauts written out."""
    words = [word for word in _APART.split(spelling) if compact(word)]
    ways = [{compact(plain(word)), compact(plain(word.translate(_WRITTEN_OUT)))} for word in words]
    every = product(*ways) if len(ways) <= MOST_PARTS else [tuple(map(min, ways))]
    return {tuple(part for part in parts if part not in TITLES) or parts for parts in every} - {()}


def plain(text: str) -> str:
    """Without accents: é is e, ø is o. Hangul stays whole."""
    apart = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(one for one in apart if unicodedata.category(one) != "Mn"))
