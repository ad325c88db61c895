"""The morning digest in Slack: said by itself, opened, paused and set by its readers."""
