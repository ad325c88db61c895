"""`/cspm`: the way in."""
