"""Figures for people who would rather look: each number is the cases it counts."""
