"""Thanks between colleagues, and what a lead grants."""
