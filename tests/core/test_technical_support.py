"""Five figures of a real export, counted by hand elsewhere: with pandas from the raw file, never with our own code.

How they were counted (naive times read as Europe/Dublin, December 2023, the data ends with its last event, the solve of
2024-01-04 05:39:41.133):
- created in December: 176 rows; of these 164 were answered and 12 were not (all still open).
- first response: 176 waits sorted, the 12 unanswered last; all of those have waited 8 days or more, longer than any
  answer took, so the median is the middle of the 88th and the 89th: (623.822 + 718.895) / 2 s. Without the unanswered
  it would be 533.92 s.
- solved in December: 158 rows by "Resolution time"; the median of "Resolution time" - "Created time" is 84,917.8975 s.
- targets: "First response time" <= "Expected SLA to first response" in 149 of 176; 15 late, 12 unanswered and past due.
- survey results of those solved in December: 107, of which 65 are 4 or 5.
- open and never answered at the end of December: 18 in the whole file.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cspm_core import imports, kpi, people
from cspm_core.periods import parse_period
from cspm_core.store import Store

HERE = Path(__file__).parents[2]
EXPORTS = [folder / "data" / "technical_support_tickets.csv" for folder in (HERE / "shared", HERE.parent / "shared")]
EXPORT = next((path for path in EXPORTS if path.exists()), None)


@pytest.mark.skipif(EXPORT is None, reason="the export is not beside this project")
def test_five_figures_of_a_real_export_counted_by_hand(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Technical support", timezone="Europe/Dublin", now=now)
    map_ = HERE / "tests" / "maps" / "technical_support.yaml"
    wish = imports.Wish(EXPORT, team.name, map_, None, None, None, None, False)
    survey = imports.survey(imports.plan(store, workspace_id, wish, now=now), lambda done: None)
    with imports.RefusedRows(survey.plan.export, str, dry_run=True) as refused:
        imports.carry_out(store, workspace_id, survey, refused, now=now, advance=lambda done: None)

    with store.reading() as session:
        period = parse_period("2023-12", timezone=team.timezone, now=now)
        card = kpi.scorecard(session, team, period, as_of=kpi.reach(session, team, now))
    assert card.complete_until is not None
    assert card.complete_until.isoformat() == "2024-01-04T05:39:41.133000+00:00"
    found = {reading.metric.key: reading.measure for reading in card.readings}
    assert found["volume"].value == 176
    first = found["first_response"]
    assert (first.value, first.n, first.waiting) == (pytest.approx((623.822 + 718.895) / 2), 176, 12)
    assert (found["full_resolution"].value, found["full_resolution"].n) == (pytest.approx(84_917.8975), 158)
    assert (found["sla_first_response"].numerator, found["sla_first_response"].denominator) == (149, 176)
    assert (found["csat"].numerator, found["csat"].denominator) == (65, 107)
    assert found["unanswered"].value == 18
