"""What each row of the table carries: valid values, as anybody could send them with any button or modal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.blocks import value
from bot.kpi.scope import Scope

from .rights_hands import Json, Press, picked, ticked, typed
from .rights_stage import Stage
from .rights_table import Row

ALIKE = {
    "agent and talk": "talk",
    "Teo and talk": "talk",
    "agent and review": "review",
    "Teo and promise kept": "promise kept",
}
"""Whose words are looked for in what a row with two things shows."""
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "qa.help.mine": ("33.3",),
    "/qa mine": ("33.3",),
    "coach.reviews": ("33.3",),
    "qa.help.review": ("T-36",),
    "dispute.whose": (),
    "calibration.score": (),
    "coach.performance.pdf": (),
    "sample.take": (),
}
"""Where a list has not the words themselves: what it has of the thing."""
NAMED = {"Teo": "subject", "Teo and talk": "subject", "Teo and promise kept": "subject", "Mina": "lead"}
CARRIED_BY = {
    "review": ("review", "held", "draft", "blind", "blind by Rex", "disputed0", "disputed1", "disputed2"),
    "dispute": ("dispute0", "dispute1", "dispute2"),
    "calibration": ("round", "round over"),
    "pick": ("pick", "pick of nobody"),
    "promise": ("promise", "promise kept"),
    "suggestion": ("suggestion", "praise"),
    "performance": ("performance", "performance kept"),
    "goal": ("goal", "goal agreed", "goal of the team", "goal of few"),
    "talk": ("talk",),
    "note": ("note",),
    "plan": ("plan",),
    "card": ("card",),
    "team": ("team",),
}
"""By which key a value names a thing."""
SCOPES = {
    "csat of the team": (False, "csat"),
    "csat of Teo": (True, "csat"),
    "score of the team": (False, "qa_score"),
    "score of Teo": (True, "qa_score"),
}


def marks(stage: Stage, row: Row) -> tuple[str, ...]:
    """The words by which it would be known that somebody saw what the row is about."""
    if row.about == "everything":
        return tuple(mark for every in stage.marks.values() for mark in every if mark not in ("Mail card",))
    if row.about == "private note":
        return ("PRIVATENOTE",)
    if row.id in KNOWN_BY:
        return KNOWN_BY[row.id]
    return stage.marks.get(ALIKE.get(row.about, row.about), ())


def press(stage: Stage, row: Row) -> Press:
    """What is pressed, typed or sent."""
    if row.kind == "command":
        name, _, rest = row.id.partition(" ")
        return Press("command", name, f"{rest} {_typed(stage, row)}".strip())
    if row.kind == "shortcut":
        return Press("shortcut", row.id, f"Please look at {_key(stage)}")
    carried = _carried(stage, row)
    if row.kind == "menu" and row.about in SCOPES:
        return Press("menu", row.id, "", chosen=carried)
    filled = _filled(stage, row) if row.kind in ("form", "in") else {}
    return Press(row.kind, row.id, carried, filled, chosen=_chosen(stage, row))


def _key(stage: Stage) -> str:
    return "T-180"


def _typed(stage: Stage, row: Row) -> str:
    """What stands after the subcommand."""
    if row.about in NAMED:
        return f"<@{stage.slack(NAMED[row.about])}>"
    if row.about == "words of a ticket":
        return _key(stage)
    return "Returns" if row.about in ("team", "card", "goal of the team", "goal of few") else ""


def _carried(stage: Stage, row: Row) -> str:
    """A button's value, or what a modal was opened with."""
    of, about = stage.of, row.about
    if about in SCOPES:
        return _scope(stage, about)
    if row.id.startswith("qa.help."):
        return value(show=row.id.removeprefix("qa.help."))
    if row.id == "sample.more":
        return value(begin=0)
    told = {key: of[about] for key, names in CARRIED_BY.items() if about in names}
    match about:
        case "a ticket":
            told = {"team": of["team"], "ticket": of["ticket of pick"], "call": None}
        case "agent" | "agent and talk" | "agent and review":
            told = {"agent": of["agent"], "team": of["team"]}
        case "a foreign ticket":
            told = {"team": stage.other.id, "ticket": of["ticket of pick"], "call": None}
        case "a foreign agent":
            told = {"agent": of["agent"], "team": stage.other.id}
        case "a foreign reward":
            told = {"reward": of["reward"], "team": stage.other.id}
        case "a foreign scorecard":
            new = row.id == "scorecard.new.form"
            told = {"team": stage.other.id if new else of["team"], "review": of["draft"]}
        case "another as its owner":
            told = {"agent": of["agent"]}
        case "another team’s agent":
            told = {"dispute": of["dispute3"]}
        case "pulse":
            told = {"about": "pulse", "of": of["pulse"]}
        case "talk held":
            told = {"about": "talk", "of": of["talk held"]}
        case "reward":
            told = {"reward": of["reward"], "team": of["team"]}
        case "Teo" | "better than Teo was" | "Mina":
            told = {"team": of["team"]}
    return value(**told, **_more(stage, row))


def _scope(stage: Stage, about: str) -> str:
    of_person, metric = SCOPES[about]
    now = stage.house.now
    reach = now if metric == "qa_score" else now - timedelta(minutes=1)
    return str(Scope(stage.team.id, "28d", now, reach, stage.of["agent"] if of_person else None, metric))


def _more(stage: Stage, row: Row) -> Mapping[str, object]:
    """What else a value carries."""
    if row.id.startswith("scorecard."):
        return {"page": 0, "url": "", "k": "tone", "s": 0, "n": "Answer", "below": "V1"}
    match row.id:
        case "calibration.score":
            return {"ticket": stage.of["ticket of round"] if row.about == "round" else 0}
        case "coach.fits":
            return {"moved": 0}
        case "pulse.switch":
            return {"on": True}
        case "dispute.review.version" | "dispute.review.page" | "dispute.review.next":
            return {"version": 1, "page": 0}
        case "dispute.raise.page":
            return {"page": 0, "proposed": {}}
        case "goal.form" | "kudos.form":
            return {}
        case "note.form" | "note.new":
            return {"note": "new"} if "note" not in CARRIED_BY else {}
    return {}


def _chosen(stage: Stage, row: Row) -> str:
    """The value of what is pressed inside a modal."""
    match row.id:
        case "review.mode":
            return "full"
        case "review.card":
            return str(stage.of["foreign version" if "foreign" in row.about else "version"])
        case "scorecard.criterion":
            return value(k="tone", do="up")
        case "scorecard.section":
            return value(s=0, n="Answer", do="edit")
        case "dispute.review.version":
            return "1"
    return "0"


def _filled(stage: Stage, row: Row) -> Mapping[str, Json]:
    """What stands in the fields of a form."""
    today = stage.house.now.date()
    soon, later = ({"selected_date": (today + timedelta(days=n)).isoformat()} for n in (14, 70))
    at = {"selected_date_time": int((stage.house.now + timedelta(days=2, hours=1)).timestamp())}
    who = {role: {"selected_user": stage.slack(role)} for role in ("subject", "lead", "colleague")}
    goal = {"metric": picked("csat"), "kind": picked("value"), "target": typed("90%"), "ends_on": later,
            "starts_on": {"selected_date": today.isoformat()}}  # fmt: skip
    is_foreign = "foreign" in row.about
    team = picked(stage.other.id if is_foreign else stage.team.id)
    match row.id:
        case "review.choose.form":
            ticket = value(team=stage.team.id, ticket=stage.of["ticket of pick"], call=None)
            return {"which": picked(ticket)}
        case "dispute.raise.form":
            return {"comment": typed("It was another way."), "proposed.0": picked(3)}
        case "dispute.decide.form" if row.about == "another team’s agent":
            return {"verdict": picked("accepted"), "reason": typed("It was theirs."),
                    "agent": picked(stage.of["foreign identity"])}  # fmt: skip
        case "dispute.decide.form":
            return {"verdict": picked("rejected"), "reason": typed("It stands.")}
        case "calibration.begin.form":
            version = "foreign version" if is_foreign else "version"
            reviewers = ticked(*(stage.member(name).id for name in ("Rex", "Ria")))
            return {"contacts": typed(_key(stage)), "card": picked(stage.of[version]), "reviewers": reviewers,
                    "due_on": soon, "name": typed("Another round"), "draw": picked(0)}  # fmt: skip
        case "sample.replace.form":
            return {"reason": picked("unreadable")}
        case "sample.plan.form" | "sample.plan.amount" | "sample.plan.unit":
            whole = {"prompted_most": 5, "due_days": 5, "told_below": 60, "hold_days": 10, "dispute_days": 2}
            return {"amount": typed("3"), "unit": picked("each"), "draw_weekday": picked(0), "is_on": ticked("yes"),
                    **{name: typed(str(n)) for name, n in whole.items()}}  # fmt: skip
        case "scorecard.new.form":
            return {"name": typed("A new card"), "from": picked(stage.of["card"] if is_foreign else "empty")}
        case "scorecard.criterion.form":
            return {"name": typed("Kind"), "weight": typed("1"), "scale": typed("bad\ngood"), "section": picked(0)}
        case "scorecard.section.form":
            return {"name": typed("Another name")}
        case "scorecard.settings.form":
            return {"name": typed("Another name"), "passed_from": typed("80"), "channel": picked("any")}
        case "coach.note.form":
            return {"words": typed("Something noted")}
        case "coach.promise.form" | "coach.promise.metric":
            owner = stage.member("Ada").id if row.about == "another as its owner" else stage.of["agent"]
            return {"words": typed("Something promised"), "due_on": soon, "kind": picked("other"),
                    "owner": picked(owner), "metric": picked("csat")}  # fmt: skip
        case "coach.close.form":
            return {"ending": picked("kept"), "line": typed("It went well")}
        case "coach.day.form":
            return {"due_on": later}
        case "coach.plan.form" | "coach.move.form":
            return {"moment": at, "every": picked("never")}
        case "coach.performance.words.form":
            return {"words": typed("What I say")}
        case "coach.training.form":
            return {"name": typed("A course"), "due_on": soon}
        case "pulse.form":
            return {"first": picked(4), "second": picked(4)}
        case "note.form":
            return {"to": who["lead"], "words": typed("Something told")}
        case "plan.form":
            return {"goal": typed("A goal"), "support": typed("Some help"), "starts_on": soon, "ends_on": later,
                    "gone_on": later}  # fmt: skip
        case "plan.end.form":
            return {"outcome": picked("reached")}
        case "goal.form":
            whose = {} if row.about == "team" else {"person": who["subject"]}
            better = {"kind": picked("better_by"), "target": typed("5%")} if "better" in row.about else {}
            return {**goal, **whose, **better, "team": team}
        case "kudos.form":
            return {"to": {"selected_users": [stage.slack("stranger")]}, "team": team,
                    "reason": typed("Because it helped us all")}  # fmt: skip
        case "kudos.settings.form":
            return {"allowance": picked(4)}
        case "reward.list.form":
            return {"rewards": typed("A day off\nA voucher")}
        case "reward.grant.form":
            return {"person": who["colleague"], "reason": typed("Because it helped us all")}
    return {}
