"""What agents say of talks and of their team, notes in confidence, and improvement plans."""
