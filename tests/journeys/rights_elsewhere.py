"""Listeners that are about a team's work and nobody's person: with values of one team, pressed by those outside it.

And those which carry nothing of anybody, with the reason beside each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from bot.blocks import value
from bot.kpi.scope import Scope
from cspm_core.crises import KIND

from .rights_hands import Json, Press, picked, ticked, typed
from .rights_stage import Stage

SHIFT, MOMENTS = timedelta(hours=1), ("until", "starts_at", "ends_at")
TRIED_BY = ("stranger", "lead2", "lead")
"""Somebody of no team, somebody who leads another, and who may; `-` and `x` as in the other table, `o` is not judged,
and `=` is refused before anybody's rights are asked, as a form that is filled in badly."""
TABLE = """
what is done                              stranger  lead2  lead

button  escalation.take                   -  -  x
button  escalation.keep                   -  -  x
button  escalation.release                -  -  o
button  escalation.promise                -  -  o
button  escalation.satisfied              -  -  o
button  escalation.unsatisfied            -  -  o
button  escalation.reopen                 -  -  o
button  escalation.show                   -  -  x
button  escalation.more                   -  -  x
button  escalation.timeline               -  -  x
button  escalation.csv                    -  -  x
button  escalation.resolve                -  -  x
button  escalation.list                   -  -  x
button  escalation.ticket                 -  -  x
in      escalation.hand.to                -  -  o
menu    escalation.hand.team              o  o  o
form    escalation.take.form              -  -  x
form    escalation.snooze.form            -  -  x
form    escalation.change.form            -  -  o
form    escalation.hand.form              -  -  x
form    escalation.resolve.form           -  -  x
button  escalation.policy                 -  -  x
button  escalation.settings               -  -  x
form    escalation.settings.form          -  -  x
form    escalation.policy.form            =  =  o
button  watch.selftest                    -  -  x
button  crisis.tick                       -  -  x
button  crisis.update                     -  -  x
form    crisis.update.form                -  -  x
button  crisis.clear                      -  -  x
form    crisis.clear.form                 -  -  x
button  crisis.words                      -  -  x
button  crisis.customers                  -  -  x
in      crisis.customers.page.0           -  -  x
form    crisis.customers.form             -  -  o
button  crisis.customers.csv              -  -  x
button  crisis.review                     -  -  x
form    crisis.review.form                -  -  o
form    crisis.plan.use                   -  -  o
in      crisis.plan.edit                  -  -  x
form    crisis.plan.form                  -  -  o
button  risk.take                         -  -  o
button  risk.give                         -  -  o
form    risk.give.form                    -  -  o
button  risk.detectors                    -  -  x
button  detector.judge                    -  -  o
button  detector.change                   -  -  x
in      detector.rehearse                 -  -  o
form    detector.form                     =  =  o
button  digest.details                    -  -  x
button  digest.tickets                    -  -  x
button  digest.driver                     -  -  x
button  digest.pause                      -  -  x
form    digest.pause.form                 -  -  x
button  digest.resume                     -  -  o
button  digest.settings                   -  -  x
form    digest.settings.form              -  -  o
button  first_day.targets                 -  -  x
form    first_day.targets.form            -  -  o
button  duty.show                         -  -  x
button  duty.take_over                    -  -  x
button  duty.swap                         -  -  x
form    duty.swap.form                    -  -  x
button  handover.taken                    -  -  o
form    handover.form                     -  -  x
button  matching.show                     -  -  x
button  matching.page                     -  -  x
button  matching.next                     -  -  x
button  matching.yes                      -  -  x
button  matching.all                      -  -  x
button  matching.nobody                   -  -  x
button  matching.other                    -  -  x
form    matching.form                     -  -  x
button  matching.known                    -  -  x
button  matching.undo                     -  -  x
button  kpi.targets                       -  -  x
button  kpi.targets.change                -  -  x
form    kpi.targets.form                  -  -  o
button  setup.open                        -  -  x
in      setup.resume                      -  -  x
in      setup.back                        -  -  x
in      setup.look                        -  -  o
in      setup.drop                        -  -  x
form    setup.form                        -  -  o
button  setup.settings                    -  -  x
button  setup.settings.team               -  -  x
button  setup.settings.change             -  -  x
button  setup.settings.escalations        -  -  x
button  setup.settings.reviews            -  -  x
button  setup.settings.scorecards         -  -  x
button  setup.settings.kudos              -  -  x
"""
OPEN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "it is about whoever presses, and nobody else": (
        ("action", "home.language"), ("action", "home.reach"), ("action", "home.kpi"), ("event", "user_change"),
        ("action", "duty.away"), ("view", "duty.away.form"), ("action", "duty.back"), ("shortcut", "kpi.open"),
        ("command", "/handover"), ("command", "/kpi"),
        ("action", "welcome.object"), ("view", "welcome.object.form"),
        ("action", "tour.open"), ("action", "tour.next"), ("action", "tour.back"), ("action", "tour.role"),
    ),
    "an empty form, or one's own: anybody may call for help": (
        ("command", "/escalate"), ("shortcut", "escalation.raise"), ("shortcut", "escalation.message"),
        ("action", "escalation.raise.button"), ("view", "escalation.raise.form"), ("options", "escalation.raise.team"),
    ),
    "an empty page, which only an admin gets": (("action", "setup.new"),),
    "names of zones, countries and Slack’s own groups": (
        ("options", "setup.zone"), ("options", "setup.holidays"), ("options", "setup.group"),
    ),
    "names of teams and of figures, which are no secret": (
        ("options", "kpi.team"), ("options", "kpi.tickets"), ("options", "kpi.explain"), ("options", "kpi.driver"),
    ),
    "a file in the direct messages of whoever dropped it, and of an admin who asks": (
        ("event", "file_share"), ("action", "upload.look"), ("action", "upload.not_now"), ("action", "upload.kind"),
        ("options", "upload.team"), ("view", "upload.form"), ("view", "upload.import.form"),
    ),
    "a trial of the bot in a channel, which anybody there may press": (
        ("action", "trial.press"), ("view", "trial.form"),
    ),
    "a page of buttons that do what could be typed, which is tried as that": (
        ("action", "door.show"), ("action", "^door\\.go\\..+$"), ("action", "door.person"),
    ),
    "a code that only whoever runs the bot can read": (("action", "claim.open"), ("view", "claim.form")),
    "the bot itself was invited; of people who join a channel nothing is wanted": (("event", "member_joined_channel"),),
    "words in a thread of a channel that its people read": (("event", "message"),),
    "what no listener knows any more": (("action", ""), ("shortcut", ""), ("view", "")),
}  # fmt: skip
NO_LISTENER = ("door.go", "escalation.link", "detector.judge", "crisis.customers.page")
"""A link that Slack opens itself, and names that only begin those which are listened to."""


def rows() -> Iterator[tuple[str, str, str]]:
    """Kind, name, and what comes of it for each of those who try."""
    for line in TABLE.splitlines()[3:]:
        kind, name, *letters = line.split()
        yield kind, name, "".join(letters)


def press(stage: Stage, kind: str, name: str) -> Press:
    """With a value that names everything there is of the team."""
    of = stage.of
    told = {
        "escalation": of["escalation"], "e": of["escalation"], "do": "timeline", "crisis": of["crisis"],
        "team": of["team"], "digest": of["digest"], "handover": of["handover"], "ticket": of["ticket of pick"],
        "days": 7, "metric": "csat", "list": "open", "severity": 2, "page": 0, "kind": "outage", "card": of["risk"],
        "aims": "", "step": "hours", "setup": False, "useful": True, "url": "", "morning": 0,
        "c": of["crisis"], "t": of["task"],
    }  # fmt: skip
    if name == "crisis.tick":
        told["do"] = "taken"
    if name.startswith(("detector", "risk")):
        told["kind"] = "burst"
    if name.startswith("first_day"):
        told["aims"] = {"csat": [0.9, 40, 8]}
    if name.startswith("matching"):
        said = {"i": of["name"], "m": of["agent"]}
        told |= {**said, "t": of["team"], "p": 0, "v": "names", "a": [said], "x": of["name matched"]}
    if name == "setup.settings.team":
        return Press(kind, name, str(of["team"]))
    if name == "kpi.targets":
        now = stage.house.now
        return Press(kind, name, str(Scope(stage.team.id, "28d", now, now - timedelta(minutes=1))))
    carried, chosen = value(**told), {"escalation.hand.to": "person", "crisis.plan.edit": KIND}
    return Press(kind, name, carried, _filled(stage), chosen=chosen.get(name, carried))


def _filled(stage: Stage) -> Mapping[str, Json]:
    soon = stage.house.now + timedelta(hours=3)
    words = ("update", "clear", "cause_found", "solution", "happened", "note", "checklist", "name", "update_every")
    return {
        **{name: typed("30" if name == "update_every" else "Something said") for name in words},
        **{name: typed("5") for name in ("cap_per_hour", "reopen_within_h", "check_back_days")},
        **{name: {"selected_date_time": int((soon + n * SHIFT).timestamp())} for n, name in enumerate(MOMENTS)},
        **{
            name: {"selected_user": stage.slack(who)}
            for name, who in (("member_off", "subject"), ("member_on", "colleague"))
        },
        "for": picked("60"),
        "person": {"selected_user": stage.slack("colleague")},
        "who": {"selected_user": stage.slack("colleague")},
        "to": picked("person"),
        "severity": picked(2),
        "kind": picked("complaint"),
        "pause": picked("week"),
        "plan": picked("outage"),
        "is_on": ticked("yes"),
        "targets": ticked("csat"),
    }
