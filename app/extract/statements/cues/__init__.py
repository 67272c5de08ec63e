"""Words that may introduce a statement, and when they do not."""
