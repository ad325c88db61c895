"""Who is on duty, in Slack: the board, taking over, swapping, being away."""
