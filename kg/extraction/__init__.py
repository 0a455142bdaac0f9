"""Extraction: frames matched on clauses, how far a text vouches for them, and the claims that follow."""
