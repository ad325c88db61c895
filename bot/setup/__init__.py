"""Setting teams up from the terminal."""
