"""Playwright's `expect`; None where Playwright is not installed, and every test here is skipped."""

from __future__ import annotations

try:
    from playwright.sync_api import expect
except ImportError:
    expect = None  # type: ignore[assignment]

__all__ = ["expect"]
