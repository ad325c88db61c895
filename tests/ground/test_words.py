"""Every word a person sees is there in every language, and says the same."""

from __future__ import annotations

import ast
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from bot.locales import __main__ as locales

LANGUAGES = locales.LANGUAGES


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return locales.texts()


@pytest.fixture(params=LANGUAGES, scope="module")
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return locales.translations(request.param)


def spoken(catalogue: Catalog) -> dict[str | tuple[str, ...], Message]:
    return {
        tuple(message.id) if isinstance(message.id, list | tuple) else message.id: message
        for message in catalogue
        if message.id
    }


def fields(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in Formatter().parse(text) if name}


def test_the_files_hold_just_the_texts_of_the_code(wanted: Catalog, catalogue: Catalog) -> None:
    """`make words` mends it."""
    assert not set(spoken(wanted)) - set(spoken(catalogue)), "missing"
    assert not set(spoken(catalogue)) - set(spoken(wanted)), "said nowhere"
    assert not catalogue.obsolete


def test_every_text_is_translated_in_all_its_forms(catalogue: Catalog) -> None:
    waiting = [key for key, message in spoken(catalogue).items() if not locales.is_translated(message.string)]
    assert not waiting, f"{len(waiting)} texts wait for a translation"


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert not [key for key, message in spoken(catalogue).items() if message.fuzzy]


def test_plurals_have_as_many_forms_as_the_language(catalogue: Catalog) -> None:
    for key, message in spoken(catalogue).items():
        if isinstance(key, tuple):
            assert len(message.string) == catalogue.num_plurals, key


def test_a_translation_fills_the_same_braces(catalogue: Catalog) -> None:
    for key, message in spoken(catalogue).items():
        if isinstance(key, str):
            if message.string:
                assert fields(message.string) == fields(key), key
            continue
        for form, said in enumerate(message.string):
            meant = [fields(key[1])] + ([fields(key[0])] if form == 0 and catalogue.num_plurals > 1 else [])
            assert not said or fields(said) in meant, key


def test_no_text_is_put_together_from_pieces() -> None:
    """A translator sees whole sentences; a text made at run time is never found in a file."""
    for path in locales.sources():
        for call in locales.calls(ast.parse(path.read_text(encoding="utf-8"))):
            pieces = [a for a in call.args[:2] if isinstance(a, ast.JoinedStr | ast.BinOp)]
            assert not pieces, f"{path}:{call.lineno}"


def test_texts_are_found_wherever_they_stand() -> None:
    code = 'f"{t(\'Inside\')}"; ask.t("Asked"); t.n("{n} one", "{n} many", 2); N_("Marked"); t(key); other("No")'
    found = [call.args[0] for call in locales.calls(ast.parse(code))]
    said = [a.value for a in found if isinstance(a, ast.Constant)]
    assert sorted(said) == ["Asked", "Inside", "Marked", "{n} one"]
