"""The Arabic language and nothing else: folding, words, stems."""
