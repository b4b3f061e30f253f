"""What the desk can ask of its database, one list for each field of work."""
