"""The list of cases, one case, and every step in it."""
