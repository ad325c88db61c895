"""Thanks between colleagues with a reason, a week's thank-you, and what a lead grants."""

from .actions import GRANTED, KUDOS, change_settings, give, grant, offer, withdraw
from .reads import Place, Thanks, board, given_to, grants_to, left_today, of_team, rewards, settings, thanks
from .rules import Given
from .tables import Kudos, KudosTo, RecognitionSettings, Reward, RewardGrant, ThankYou
from .weekly import THANKS, say, wanting, week_of

__all__ = [
    "GRANTED",
    "KUDOS",
    "THANKS",
    "Given",
    "Kudos",
    "KudosTo",
    "Place",
    "RecognitionSettings",
    "Reward",
    "RewardGrant",
    "ThankYou",
    "Thanks",
    "board",
    "change_settings",
    "give",
    "given_to",
    "grant",
    "grants_to",
    "left_today",
    "of_team",
    "offer",
    "rewards",
    "say",
    "settings",
    "thanks",
    "wanting",
    "week_of",
    "withdraw",
]
