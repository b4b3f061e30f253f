"""Desks with their people and their letters, each set up for one kind of test."""
