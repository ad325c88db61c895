"""Telling about data that has become too old."""
