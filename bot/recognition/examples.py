"""One example per view of kudos and rewards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from cspm_core.recognition import Place, Thanks

from ..blocks import Drawing
from ..words import Words
from . import forms, names, views

AT = datetime(2026, 11, 19, 15, 20, tzinfo=UTC)
REASON = "Stayed on the phone with a customer for an hour until her refund was there, and wrote down how for all of us."
ONE = Thanks(1, 1, "Returns", AT, 2, "Teo de Vries", "U2", (("Ada King", "U3"),), (3,), REASON, "Customer first")
TWO = Thanks(
    2, 1, "Returns", AT + timedelta(hours=3), 3, "Ada King", "U3", (("권혜진", "U4"), ("林佳穎", None)), (4, 5),
    "Took over my shift on Monday.\nI owe you one.", "",
)  # fmt: skip
PLACES = (Place(3, "Ada King", 4, 6, 2), Place(4, "권혜진", 2, 2, 5))
GIFT = views.Granted("A day off", "Mina Park", AT, "For the night of the outage")

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "kudos.given": lambda t: views.kudos(ONE, t),
    "kudos.to_several": lambda t: views.kudos(TWO, t),
    "kudos.week": lambda t: views.week((ONE, TWO), "Returns", date(2026, 11, 16), t),
    "kudos.mine": lambda t: views.mine(views.Mine((ONE,), (GIFT,), 3, 5, "America/New_York"), t),
    "kudos.none": lambda t: views.mine(views.Mine((), (), 0, 5, "America/New_York"), t),
    "kudos.board": lambda t: views.board(PLACES, "Returns", 28, t),
    "kudos.form": lambda t: forms.give(
        1, {1: "Returns", 2: "Bezorging"}, names.values((), t), 3, 5, "{}", t, users=("U3",), reason=REASON
    ),
    "kudos.settings": lambda t: forms.settings("Returns", 5, (), False, True, "{}", t),
    "kudos.help": views.help_text,
    "reward.list": lambda t: views.rewards(views.Rewards(1, "Returns", ((1, "A day off"), (2, "Lunch")), True), t),
    "reward.none": lambda t: views.rewards(views.Rewards(1, "Returns", (), False), t),
    "reward.granted": lambda t: views.granted(GIFT, "America/New_York", t),
    "reward.change": lambda t: forms.reward_list("Returns", ("A day off", "Lunch"), "{}", t),
    "reward.form": lambda t: forms.grant("A day off", "{}", t),
}
