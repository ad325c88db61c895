"""A lifelike support centre to try the bot in: seeded, alive as its clock turns, opened in the local Slack."""
