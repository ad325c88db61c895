"""Calibration in Slack: beginning a round, scoring blind, and what came of it."""
