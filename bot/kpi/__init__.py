"""`/kpi`: the figures of a team, a person or a metric, on request."""
