"""The weekly sample in Slack: whose turn it is to review what, how far a team is, and how it is drawn."""
