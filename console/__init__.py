"""What staff see: a web console of plain forms and full pages."""
