"""Makes what is known of letters before the first answered one: their fields, and grievances."""
