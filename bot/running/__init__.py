"""Keeping the bot running: migrating, connecting, answering over HTTP, watching its own health."""
