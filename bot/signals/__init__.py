"""Signal and noise in Slack: marks, control charts, two teams side by side, the band of a team's people."""
