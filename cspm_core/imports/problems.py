"""What can be wrong with a file or a row: keys and facts. The words are in `bot/imports/words.py`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ..errors import Refusal


class Reason(StrEnum):
    """Why one row was refused."""

    TOO_FEW_FIELDS = "too_few_fields"
    TOO_MANY_FIELDS = "too_many_fields"
    NO_ID = "no_id"
    NO_CREATION = "no_creation"
    UNREADABLE_CREATION = "unreadable_creation"
    NO_TEAM = "no_team"
    UNKNOWN_TEAM = "unknown_team"
    NO_NAME = "no_name"
    BAD_EMAIL = "bad_email"
    BAD_SLACK_USER = "bad_slack_user"
    UNKNOWN_ROLE = "unknown_role"
    ROLE_NEEDS_TEAM = "role_needs_team"
    UNKNOWN_LANGUAGE = "unknown_language"
    BAD_DAY = "bad_day"
    DAYS_REVERSED = "days_reversed"
    NAME_TAKEN = "name_taken"
    EMAIL_TAKEN = "email_taken"


class Refused(Exception):
    """A row that cannot be taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Fault(StrEnum):
    """Why nothing of a file could be read."""

    NO_FILE = "no_file"
    FOLDER = "folder"
    NOT_CSV = "not_csv"
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    BAD_ZIP = "bad_zip"
    NO_CSV_IN_ZIP = "no_csv_in_zip"
    SEVERAL_IN_ZIP = "several_in_zip"
    BAD_ENCODING = "bad_encoding"
    UNKNOWN_ENCODING = "unknown_encoding"
    UNCLOSED_QUOTE = "unclosed_quote"
    NO_COLUMN = "no_column"
    NO_SUCH_COLUMN = "no_such_column"
    DAY_OR_MONTH = "day_or_month"
    NO_TEAM = "no_team"
    BAD_INSTANT = "bad_instant"
    BAD_MAP = "bad_map"
    UNKNOWN_IN_MAP = "unknown_in_map"
    NOTHING_READ = "nothing_read"


class Unreadable(Refusal):
    """A file of which nothing can be read. `about`: the column, place or value; `known`: what there is instead."""

    def __init__(self, fault: Fault, about: str = "", known: Sequence[str] = (), nearest: str | None = None) -> None:
        super().__init__(f"{fault}: {about}")
        self.fault, self.about, self.known, self.nearest = fault, about, tuple(known), nearest

    def __reduce__(self) -> tuple[type[Unreadable], tuple[object, ...]]:
        """As it was made, for another process."""
        return Unreadable, (self.fault, self.about, self.known, self.nearest)
