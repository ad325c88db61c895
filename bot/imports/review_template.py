"""What `cspm import reviews --template` prints: a header to fill in, and a map to start from."""

from __future__ import annotations

from cspm_core.imports import REVIEWS

from ..words import Words

HEADER = ",".join(REVIEWS)


def reviews_map(t: Words) -> str:
    """A commented map for reviews, in the reader's language."""
    return f"""\
# {t("A map for `cspm import reviews FILE --map THIS`. Every part may be left out.")}
# {t("Our column on the left, the file's on the right. Columns not named here are recognised by their names.")}
columns:
  review_id: Evaluation Id
  at: Evaluated at
  criterion: Question
  score: Points
  max: Points possible
  # {t("These exist:")}
  # {", ".join(REVIEWS[:8])}
  # {", ".join(REVIEWS[8:])}

# {t("The file's words on the left, ours on the right.")}
# critical, na: yes, no
# stratum: random, low_rating, escalation, breach, chosen
values:
  stratum: {{"Auto assigned": random, "Picked by hand": chosen}}

# {t("How times are written: a format (or epoch, epoch_ms), day or month first, the zone of those that name none.")}
dates:
  # format: "%d/%m/%Y %H:%M"
  day_first: true
  timezone: America/New_York

# {t("What stands in columns that the file has not, or that are empty.")}
defaults:
  scorecard: E-mail
  min: 0

# {t("What the file writes for nothing.")}
empty: ["?", "-"]
"""
