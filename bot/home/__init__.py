"""The Home tab: my team's week and my settings."""
