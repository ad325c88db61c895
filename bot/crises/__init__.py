"""Crises in Slack: the board, updates, customers to tell, the all-clear, the review, and the plans behind them."""
