"""Figures for the desk: reports, ledgers and the charts in them."""
