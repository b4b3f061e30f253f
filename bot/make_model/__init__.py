"""Fits the model of a release: what the desk knows of when it knows."""
