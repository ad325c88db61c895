"""Block Kit as strict as Slack: every limit on every surface."""

from __future__ import annotations

from .surfaces import NEW_BLOCKS, check_blocks, check_view

__all__ = ["NEW_BLOCKS", "check_blocks", "check_view"]
