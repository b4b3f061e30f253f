"""People who sign in, their accounts, the log of what they did, and citizens' privacy."""
