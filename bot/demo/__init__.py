"""`huiying demo`: a fictional county to try everything with, kept in one folder."""
