"""`cspm doctor`: one question after the other, from the settings to each team's data. What needs a broken one waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from cspm_core import people
from cspm_core.people import Workspace

from .. import manifest
from ..runtime import Runtime
from ..words import Words
from . import beats, channels, crew, drawing, heard, lateness, slack, storage, tokens, unsaid
from .findings import Finding, State, broken, doubtful, good

CLOCK_OFF = timedelta(seconds=30)
CLOCK_WRONG = timedelta(seconds=300)
"""Slack's signatures are refused from here on."""
SAID_BY_ALL = frozenset({"identify"})
"""A scope that Slack may add by itself."""


def findings(runtime: Runtime, t: Words, only: int | None = None) -> Iterator[Finding]:
    """Everything that can be found out, in order. `only`: of several workspaces in the database, what concerns one."""
    if only is None:  # whoever asks from within Slack was heard with these tokens
        yield from tokens.findings(runtime.settings, t)
    stands = list(storage.findings(runtime, t))
    yield from stands
    is_newest = any(one.check == "migrations" and one.state is State.GOOD for one in stands)
    has_tables = is_newest or only is not None  # whoever asks from within Slack was found in them
    workspaces = _workspaces(runtime, only) if has_tables else []
    if runtime.slack.token:
        yield from _slack(runtime, workspaces, t, has_tables)
    yield drawing.finding(t)
    if has_tables:
        yield from beats.findings(runtime, t)
        yield from lateness.findings(runtime, t, only)
        for workspace in workspaces:
            yield from _inside(runtime, workspace, t)


def _workspaces(runtime: Runtime, only: int | None) -> list[Workspace]:
    with runtime.store.reading() as session:
        return [one for one in people.workspaces(session) if only in (None, one.id)]


def _slack(runtime: Runtime, workspaces: Sequence[Workspace], t: Words, has_tables: bool) -> Iterator[Finding]:
    try:
        met = slack.introduce(runtime.slack)
    except slack.SlackRefused as refused:
        address = runtime.settings.slack_api_url
        yield broken("slack", t("Slack does not let the bot in."), slack.sentence(refused.code, address, t))
        return
    yield good("slack", t("Slack knows the bot as {bot} in {workspace}.", bot=met.bot, workspace=met.team))
    if runtime.settings.slack_app_token:
        yield _socket(runtime, t)
        yield from tokens.of_one_app(runtime.slack, met, runtime.settings.slack_app_token, t)
    yield from _scopes(met, t)
    yield from _clock(met, runtime.real_now(), t)
    if has_tables:
        claimed = [one for one in workspaces if one.slack_id == met.team_id]
        yield _claimed(bool(claimed), [one.name for one in workspaces if one.slack_id], t)
        for workspace in claimed:
            with runtime.store.reading() as session:
                teams = people.teams(session, workspace.id)
            yield from channels.findings(runtime.slack, teams, met.bot, _there(workspace, t))


def _there(workspace: Workspace, t: Words) -> Words:
    """The same words with the commands' names of a workspace."""
    return Words(t.language, t.prefix or workspace.command_prefix, year=t.year)


def _inside(runtime: Runtime, workspace: Workspace, t: Words) -> Iterator[Finding]:
    """What the store knows of one workspace."""
    now, t = runtime.now(), _there(workspace, t)
    with runtime.store.reading() as session:
        teams = people.teams(session, workspace.id)
        yield from heard.findings(session, workspace, now, t)
        yield crew.admins(session, workspace.id, t)
        yield from unsaid.findings(session, workspace.id, {team.id: team for team in teams}, now, t)
        if not teams:
            advice = t("Begin one in Slack with `/cspm setup`, or here: `cspm team add --help` has an example.")
            yield doubtful("teams", t("There is no team yet."), advice)
        for team in teams:
            yield from crew.findings(session, team, now, t)


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


def _scopes(met: slack.Acquaintance, t: Words) -> Iterator[Finding]:
    """What the app was given tells whether it has the manifest of this version."""
    told = met.headers.get("x-oauth-scopes")
    if told is None:
        yield doubtful("scopes", t("Slack did not say what the token may do."), t("Nothing, if all else works."))
        return
    given = {scope.strip() for scope in told.split(",")} - SAID_BY_ALL
    missing, more = sorted(manifest.scopes() - given), sorted(given - manifest.scopes())
    if missing:
        yield broken(
            "scopes",
            t("The token lacks these scopes: {scopes}.", scopes=t.join(missing)),
            t("Put manifest.yaml into your app's App Manifest page and install the app again."),
        )
    else:
        yield good("scopes", t("The token may do all that the manifest asks for."))
    if more:
        yield doubtful(
            "manifest",
            t("The token may do more than this version asks for: {scopes}.", scopes=t.join(more)),
            t("Your Slack app has the manifest of another version, or one of your own. If that is not meant, put"
              " manifest.yaml in again."),
        )  # fmt: skip


def _clock(met: slack.Acquaintance, now: datetime, t: Words) -> Iterator[Finding]:
    if "date" not in met.headers:
        return
    off = abs(now - parsedate_to_datetime(met.headers["date"]))
    if off < CLOCK_OFF:
        yield good("clock", t("This machine's clock agrees with Slack's."))
        return
    found = t("This machine's clock is {time} off Slack's.", time=t.duration(off.total_seconds()))
    yield (broken if off >= CLOCK_WRONG else doubtful)("clock", found, t("Let it be set by NTP."))
