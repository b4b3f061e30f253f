"""Deadlines watched: alarms, talks, rota, calendar, departments and their routing."""
