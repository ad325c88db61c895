"""What another system sends, as lines to type: `curl` with a secret, with a signature, and with events."""

from __future__ import annotations

import json
from typing import Any

ESCALATION = {"id": "try-1", "what": "A customer waits for a call back", "severity": 3}
CREATED = {"id": "1", "ticket_id": "T-1", "at": "2026-11-23T09:00:00Z", "kind": "created"}
REPLY = {"id": "2", "ticket_id": "T-1", "at": "2026-11-23T09:40:00Z", "kind": "public_reply"}
EVENTS = [
    {**CREATED, "value": {"subject": "Where is my refund?", "priority": "high"}},
    {**REPLY, "actor": "Mina Park", "actor_kind": "agent"},
]


def address(host: str, port: int) -> str:
    """Where this machine itself reaches the hooks."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - shown, not bound
    return f"http://[{shown}]:{port}/hooks" if ":" in shown else f"http://{shown}:{port}/hooks"


def plain(address: str, name: str, secret: str, team: str = "") -> str:
    """An escalation with the secret in a header."""
    return _curl(f"{address}/escalations", name, secret, {**ESCALATION, **_of(team)})


def events(address: str, name: str, secret: str, team: str = "") -> str:
    """A ticket that was created and answered."""
    return _curl(f"{address}/events", name, secret, {"id": "try-2", **_of(team), "events": EVENTS})


def signed(address: str, name: str, secret: str, team: str = "") -> str:
    """An escalation with a signature over its time and its body."""
    body = _quoted({**ESCALATION, **_of(team)})
    return (
        f"body={body}; at=$(date +%s)\n"
        f"""mac=$(printf '%s' "v1:$at:$body" | openssl dgst -sha256 -hmac '{secret}' | sed 's/^.* //')\n"""
        f"curl -sS {address}/escalations -H 'Content-Type: application/json' -H 'X-Cspm-Key: {name}' \\\n"
        f"""  -H "X-Cspm-Timestamp: $at" -H "X-Cspm-Signature: v1=$mac" --data-binary "$body\""""
    )


def _curl(url: str, name: str, secret: str, body: dict[str, Any]) -> str:
    return (
        f"curl -sS {url} -H 'Content-Type: application/json' \\\n"
        f"  -H 'X-Cspm-Key: {name}' -H 'X-Cspm-Secret: {secret}' \\\n"
        f"  --data-binary {_quoted(body)}"
    )


def _of(team: str) -> dict[str, str]:
    return {"team": team} if team else {}


def _quoted(body: dict[str, Any]) -> str:
    """In single quotes of a shell."""
    return "'" + json.dumps(body, ensure_ascii=False).replace("'", "'\\''") + "'"
