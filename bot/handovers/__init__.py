"""`/handover` in Slack: a shift goes to the next one, who says "taken over"."""
