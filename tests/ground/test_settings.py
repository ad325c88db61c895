"""Settings: an example that names them all, and one sentence that names every bad one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_in_the_example_is_explained() -> None:
    for paragraph in re.split(r"\n\s*\n", EXAMPLE.strip()):
        assert paragraph.startswith("# ")
        assert len(paragraph.splitlines()[0]) > 20


def test_the_example_as_it_stands_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    assert load(ROOT / ".env.example") == load(None)


def test_all_bad_settings_are_named_at_once_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "xoxb-secret")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(BadSettings) as caught:
        load(None)
    assert set(caught.value.names) == {"PORT", "LOG_LEVEL"}
    assert "xoxb-secret" not in str(caught.value.names)
