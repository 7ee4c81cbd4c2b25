"""Text: normal form with offsets, sentences, tokens, shingles, signatures, alignment, and what a corpus shows."""
