"""The path of a message: from the inbox to an answer, a choice or a case."""
