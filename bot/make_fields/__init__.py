"""Makes what the router knows of the fields of government before the first answered letter."""
