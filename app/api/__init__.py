"""HTTP in, JSON out: one file per resource, no SQL and no words of an engine."""
