"""Reviews reach their agents, who confirm or dispute them; a dispute is decided with a button."""
