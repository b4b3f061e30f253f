"""The curated answers: entries, and the way from a citizen's words to one of them."""
