"""`python -m bot.local_slack --manifest manifest.yaml`: an empty workspace alone, for any app that wants to connect."""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import yaml

from . import Channel, Person, Server, Workspace


def main() -> None:
    """Start, print address and tokens, and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bot.local_slack", description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True, help="the app's manifest, YAML or JSON")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3900, help="moves on when it is taken")
    parser.add_argument("--request-url", default="", help="where payloads go over HTTP, beside Socket Mode")
    given = parser.parse_args()
    try:
        manifest = yaml.safe_load(given.manifest.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as wrong:
        parser.error(f"cannot read {given.manifest}: {wrong}")
    people = [Person("Mina", locale="ko-KR", tz="Asia/Seoul"), Person("Teo", locale="nl-NL", tz="Europe/Amsterdam")]
    workspace = Workspace(
        name="Local Slack",
        people=people,
        channels=[Channel("general", members=[one.name for one in people], with_app=True)],
        manifest=manifest,
        request_url=given.request_url,
        now=lambda: datetime.now(UTC),  # noqa: TID251 - the edge of a program of its own
    )
    with Server(workspace, given.host, given.port, port_moves=True) as server:
        sys.stdout.write(
            f"Local Slack at {server.url}\n\nSLACK_API_URL={server.api_url}\n"
            f"SLACK_BOT_TOKEN={workspace.bot_token}\nSLACK_APP_TOKEN={workspace.app_token}\n"
            f"SLACK_SIGNING_SECRET={workspace.signing_secret}\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")


if __name__ == "__main__":
    main()
