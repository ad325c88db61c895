"""The welcome to an agent."""
