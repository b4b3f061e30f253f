"""How fast the desk is, measured: `make bench` (docs/benchmarks.md)."""
