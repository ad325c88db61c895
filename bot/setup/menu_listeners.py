"""The menus of a setup that ask for their options while somebody types: zones, countries, user groups."""

from __future__ import annotations

from slack_bolt import App

from cspm_core import people

from .. import ids
from ..asking import Ask
from ..blocks import Drawing
from ..listening import menu
from . import reaching, zones


def register(app: App) -> None:
    app.options(ids.SETUP_ZONE)(find_zones)
    app.options(ids.SETUP_HOLIDAYS)(find_countries)
    app.options(ids.SETUP_GROUP)(find_groups)


@menu
def find_zones(ask: Ask) -> list[Drawing]:
    """Zones by city or name; the asker's own first."""
    with ask.glancing() as session:
        asker = people.member_by_slack(session, ask.workspace_id, ask.user)
    own = asker.timezone if asker else None
    return _offered(zones.zones(str(ask.slack.body["value"]), ask.t.language, ask.now, first=own))


@menu
def find_countries(ask: Ask) -> list[Drawing]:
    """Countries in the reader's language, and their parts; none at all first."""
    typed = str(ask.slack.body["value"])
    found = zones.countries(typed, ask.t.language)
    nothing = (ask.t("No holidays"), zones.NO_HOLIDAYS)
    return _offered([nothing, *found] if people.fold(typed) in people.fold(nothing[0]) else found)


@menu
def find_groups(ask: Ask) -> list[Drawing]:
    """Slack's user groups."""
    return _offered(reaching.offered_groups(ask, str(ask.slack.body["value"])))


def _offered(found: list[zones.Offer]) -> list[Drawing]:
    return [{"text": {"type": "plain_text", "text": label[:75]}, "value": key} for label, key in found]
