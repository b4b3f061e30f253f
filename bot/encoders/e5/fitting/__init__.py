"""Teaches the weights of multilingual-e5-small how citizens put what offices put otherwise."""
