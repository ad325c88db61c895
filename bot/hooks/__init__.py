"""What other systems send over HTTP: escalations, and live events of tickets."""
