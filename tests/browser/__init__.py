"""A real browser, what it is asked to check, and the pages it looks at."""
