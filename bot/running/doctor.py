"""`cspm doctor`: one question after the other, from the settings to each team's data. What needs a broken one waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from cspm_core import people, tickets

from .. import manifest, settings
from ..runtime import Runtime
from ..words import Words
from . import channels, database, health, lateness, slack
from .findings import Finding, State, broken, doubtful, good

CLOCK_OFF = timedelta(seconds=30)
CLOCK_WRONG = timedelta(seconds=300)
"""Slack's signatures are refused from here on."""


def findings(runtime: Runtime, t: Words) -> Iterator[Finding]:
    """Everything that can be found out, in order."""
    yield from _settings(runtime.settings, t)
    stands = _database(runtime, t)
    yield stands
    has_tables = False
    if stands.state is State.GOOD:
        steps = _migrations(runtime, t)
        yield steps
        has_tables = steps.state is State.GOOD
    if runtime.settings.slack_bot_token:
        yield from _slack(runtime, t, has_tables)
    if has_tables:
        yield _schedule(runtime, t)
        yield from lateness.findings(runtime, t)
        with runtime.store.reading() as session:
            yield from _teams(session, runtime.now(), t)


def _settings(given: settings.Settings, t: Words) -> Iterator[Finding]:
    missing = given.missing_for_slack()
    if missing:
        yield doubtful(
            "settings",
            t("These settings are empty: {names}.", names=t.join(missing)),
            t("`cspm run` needs them; .env.example says where each comes from."),
        )
    else:
        yield good("settings", t("Every setting that `cspm run` needs is there."))


def _database(runtime: Runtime, t: Words) -> Finding:
    try:
        database.standing(runtime.store)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        return broken("database", t("The database does not answer: {reason}", reason=reason), t("Check DATABASE_URL."))
    return good("database", t("The database answers."))


def _migrations(runtime: Runtime, t: Words) -> Finding:
    stands, newest = database.standing(runtime.store), database.newest()
    if stands == newest:
        return good("migrations", t("The tables are at the newest step, {step}.", step=newest))
    found = t("The tables are at step {step}, the newest is {newest}.", step=stands or "-", newest=newest)
    try:
        database.know(stands)
    except database.FromNewerVersion as from_newer:
        return broken("migrations", found, newer(from_newer, t))
    return broken("migrations", found, t("Run `cspm migrate`."))


def newer(found: database.FromNewerVersion, t: Words) -> str:
    """What an operator does about a database from the future."""
    return t(
        "A newer version of cspm has changed this database, to step {step}. Install that version.", step=found.step
    )


def _slack(runtime: Runtime, t: Words, has_tables: bool) -> Iterator[Finding]:
    try:
        met = slack.introduce(runtime.slack)
    except slack.SlackRefused as refused:
        address = runtime.settings.slack_api_url
        yield broken("slack", t("Slack does not let the bot in."), slack.sentence(refused.code, address, t))
        return
    yield good("slack", t("Slack knows the bot as {bot} in {workspace}.", bot=met.bot, workspace=met.team))
    if runtime.settings.slack_app_token:
        yield _socket(runtime, t)
    yield _scopes(met, t)
    yield from _clock(met, runtime.real_now(), t)
    if has_tables:
        with runtime.store.reading() as session:
            every = people.workspaces(session)
            claimed = [w for w in every if w.slack_id == met.team_id]
            yield _claimed(bool(claimed), [w.name for w in every if w.slack_id], t)
            for workspace in claimed:
                yield from channels.findings(runtime.slack, people.teams(session, workspace.id), t)


def _socket(runtime: Runtime, t: Words) -> Finding:
    """Socket Mode has a token of its own. Asking for an address opens nothing."""
    try:
        slack.knock(runtime.slack, runtime.settings.slack_app_token)
    except slack.SlackRefused as refused:
        advice = slack.sentence(refused.code, runtime.settings.slack_api_url, t)
        return broken("socket", t("Slack does not open a socket for SLACK_APP_TOKEN."), advice)
    return good("socket", t("Slack opens a socket for the bot."))


def _claimed(is_claimed: bool, others: list[str], t: Words) -> Finding:
    if is_claimed:
        return good("workspace", t("The database belongs to this workspace."))
    if others:
        return doubtful(
            "workspace",
            t("The database belongs to {others}, not to this workspace.", others=t.join(others)),
            t("`cspm run` begins an empty workspace beside it. Set another DATABASE_URL if that is not what you want."),
        )
    return doubtful(
        "workspace",
        t("No workspace of the database belongs to this Slack yet."),
        t("The first `cspm run` takes it."),
    )


def _scopes(met: slack.Acquaintance, t: Words) -> Finding:
    told = met.headers.get("x-oauth-scopes")
    if told is None:
        return doubtful("scopes", t("Slack did not say what the token may do."), t("Nothing, if all else works."))
    missing = sorted(manifest.scopes() - {scope.strip() for scope in told.split(",")})
    if not missing:
        return good("scopes", t("The token may do all that the manifest asks for."))
    return broken(
        "scopes",
        t("The token lacks these scopes: {scopes}.", scopes=t.join(missing)),
        t("Put manifest.yaml into your app's App Manifest page and install the app again."),
    )


def _clock(met: slack.Acquaintance, now: datetime, t: Words) -> Iterator[Finding]:
    if "date" not in met.headers:
        return
    off = abs(now - parsedate_to_datetime(met.headers["date"]))
    if off < CLOCK_OFF:
        yield good("clock", t("This machine's clock agrees with Slack's."))
        return
    found = t("This machine's clock is {time} off Slack's.", time=t.duration(off.total_seconds()))
    yield (broken if off >= CLOCK_WRONG else doubtful)("clock", found, t("Let it be set by NTP."))


def _schedule(runtime: Runtime, t: Words) -> Finding:
    with runtime.store.reading() as session:
        silent = health.silence(session, runtime)
    if silent is None:
        return doubtful("schedule", t("No schedule runs."), t("Start `cspm run` or `cspm worker`."))
    if silent < health.SILENT_FOR:
        return good("schedule", t("The schedule beats."))
    found = t("The schedule has been silent for {time}.", time=t.duration(silent.total_seconds()))
    return broken("schedule", found, t("Digests wait: start `cspm run` or `cspm worker`."))


def _teams(session: Session, now: datetime, t: Words) -> Iterator[Finding]:
    every = [team for workspace in people.workspaces(session) for team in people.teams(session, workspace.id)]
    if not every:
        yield doubtful("teams", t("There is no team yet."), t("Add one: `cspm team add --help` has an example."))
    for team in every:
        yield _data(session, team, now, t)


def _data(session: Session, team: people.Team, now: datetime, t: Words) -> Finding:
    until = tickets.complete_until(session, team, now)
    advice = t("Import a newer export: `cspm import tickets --help` has an example.")
    if until is None:
        return doubtful("data", t("{team} has no tickets yet.", team=team.name), advice)
    age = t.duration(max(0.0, (now - until).total_seconds()))
    if tickets.is_stale(people.calendar_of(session, team), until, now, team.stale_after_hours):
        return doubtful("data", t("{team}'s data is {age} old.", team=team.name, age=age), advice)
    return good("data", t("{team}'s data reaches to {age} ago.", team=team.name, age=age))
