"""What the environment (or `.env`) says, read once and named whole when something is wrong."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASE = r"^(sqlite:///[^:].*|postgres(ql)?(\+psycopg)?://.+)"


class Settings(BaseSettings):
    """Every setting of the bot, with its default. Tokens are needed only where Slack is spoken to."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(default="sqlite:///cspm.db", pattern=DATABASE)
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    hooks_secret: str = Field(default="", pattern=r"^(.{32,})?$")
    heartbeat_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    log_level: str = Field(default="INFO", pattern="(?i)^(debug|info|warning|error|critical)$")

    def missing_for_slack(self) -> list[str]:
        """The names of the settings that Socket Mode needs and that are empty."""
        needed = {"SLACK_BOT_TOKEN": self.slack_bot_token, "SLACK_APP_TOKEN": self.slack_app_token}
        return [name for name, value in needed.items() if not value]


class BadSettings(Exception):
    """Settings that cannot be used; `names` lists them all, with what is wrong, never their values."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def load(env_file: str | Path | None = ".env") -> Settings:
    """Read the environment. Raises BadSettings naming every bad setting at once."""
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings takes it at run time
    except ValidationError as error:
        raise BadSettings({str(e["loc"][0]).upper(): e["msg"] for e in error.errors()}) from None
