"""Quality assurance in Slack: scorecards, reviews, and what reviews say."""
