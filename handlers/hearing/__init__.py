"""What a citizen's words say, taken alone: commands, verdicts, dangers, in dialect or not."""
