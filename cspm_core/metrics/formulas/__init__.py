"""Which tickets each figure counts, by family. No session, no clock, no words."""
