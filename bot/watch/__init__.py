"""The watchdog over escalations: what is late is set going again and told, and a self-test goes the whole way."""
