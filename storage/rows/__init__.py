"""Rows of the database to values of the rooms, and back."""
