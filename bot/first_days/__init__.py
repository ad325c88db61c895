"""The message of a team's first day."""
