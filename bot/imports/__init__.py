"""Loading exports from the terminal."""
