"""How fast the program is, seen from a terminal; `python -m benchmarks` prints the table."""
