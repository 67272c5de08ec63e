"""A text as the rules read it: words with their sentences and marks, and what the lexicon knows of them."""
