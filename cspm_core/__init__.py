"""What the product knows about support teams. It knows no Slack, no clock, no language and no environment."""
