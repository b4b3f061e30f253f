"""Nothing late in silence: warnings before due, alarms after, talks, who is on duty."""
