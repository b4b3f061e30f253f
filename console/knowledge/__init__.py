"""Entries, their review, and what tells how good the answers are."""
