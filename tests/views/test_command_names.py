"""Where the short names are taken, no text names a command by one."""

from __future__ import annotations

import json
import re

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from bot.gallery.examples import EXAMPLES
from bot.locales import __main__ as locales
from bot.slash import LONGEST_NAME, LONGEST_PREFIX, NAMES, is_prefix, named, prefix_of, prefixed
from bot.words import Words

UNPREFIXED = re.compile(rf"(?<![A-Za-z0-9_.:/-])/(?:{'|'.join(NAMES)})\b(?!/)", re.ASCII)
PREFIXES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}[_-]", fullmatch=True).filter(is_prefix)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_view_names_every_command_as_it_is_called_there(name: str):
    drawn = json.dumps(EXAMPLES[name](Words("en", "acme-")), ensure_ascii=False)
    assert not UNPREFIXED.findall(drawn)


def test_the_longest_prefix_still_fits_every_view():
    words = Words("en", "a" * (LONGEST_PREFIX - 1) + "-")
    for draw in EXAMPLES.values():
        assert draw(words)


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_text_that_names_a_command_takes_the_prefix_in_every_language(language: str):
    told = list(_told(locales.translations(language)))
    assert len(told) > 50
    assert not [text for text in told if UNPREFIXED.search(prefixed(text, "acme-"))]


def _told(catalogue: Catalog) -> list[str]:
    every: list[str] = []
    for message in catalogue:
        for text in (message.id, message.string):
            every += [text] if isinstance(text, str) else [*text]
    return [text for text in every if UNPREFIXED.search(text)]


@given(PREFIXES, st.sampled_from(NAMES))
def test_a_prefixed_command_is_heard_as_ours_and_as_no_other(prefix: str, name: str):
    assert len(f"/{prefix}{name}") <= LONGEST_NAME
    assert named(name).search(f"/{prefix}{name}")
    assert prefix_of(f"/{prefix}{name}") == prefix
    assert prefixed(f"Type `/{name} help`.", prefix) == f"Type `/{prefix}{name} help`."
    assert [one for one in NAMES if named(one).search(f"/{prefix}{name}")] == [name]


@pytest.mark.parametrize("command", ["/okpi", "/kpis", "/acmekpi", "kpi", "/-kpi", "/acme-kpi-x", "/ACME-kpi", "//kpi"])
def test_what_only_looks_like_one_of_ours_is_somebody_elses(command: str):
    assert prefix_of(command) is None
    assert not named("kpi").search(command)


@pytest.mark.parametrize("prefix", ["acme", "Acme-", "a b-", "-", "é-", "a" * LONGEST_PREFIX + "-", ""])
def test_a_prefix_that_slack_or_we_would_not_take_is_none(prefix: str):
    assert not is_prefix(prefix)


@pytest.mark.parametrize(
    "text", ["https://desk.example/kpi", "a/kpi", "`cspm run`", "/kpis", "either/qa", "/qa-team", "//goal"]
)
def test_what_is_no_command_stays_as_it_is(text: str):
    assert prefixed(text, "acme-") == text


def test_a_fact_stays_as_it_is():
    assert (
        Words("en", "acme-")("Type `/kpi {key}` for its trend.", key="/kpi") == "Type `/acme-kpi /kpi` for its trend."
    )
