"""Messages, cases, entries and people as several tests need them."""
