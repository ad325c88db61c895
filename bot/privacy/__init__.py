"""What is known about somebody, as they are told it."""
