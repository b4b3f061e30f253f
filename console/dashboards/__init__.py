"""The first page of each role: its own work in numbers, charts and short lists."""
