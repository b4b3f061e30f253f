"""The command line, one file a noun (CONTRACT.md, Command line)."""
