"""The ways to citizens: accounts, deliveries, comments, menus and services."""
