"""One list of what waits for somebody."""
