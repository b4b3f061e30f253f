"""What runs beside a test: databases, the service itself, WeChat's side, mail and robots."""
