"""Escalations in Slack: raised in a modal, shown as one card that everybody sees change, taken with a button."""
