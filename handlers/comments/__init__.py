"""Comments under articles: what each wants, what follows, and who may do what with it."""
