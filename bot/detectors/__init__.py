"""Detectors in Slack: the card of what is at risk, what each detector found, and how a lead sets and rehearses them."""
