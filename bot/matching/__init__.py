"""Names in the data, and whose they are."""
