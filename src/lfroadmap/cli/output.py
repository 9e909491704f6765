"""The standard output for programs: bytes as they are, and JSON, always in UTF-8."""

from __future__ import annotations

import sys


def print_bytes(data: bytes) -> None:
    """Write to the standard output what is UTF-8 whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_json(value: object) -> None:
    """Print a value as JSON, of which a terminal obeys nothing."""
    from lfroadmap.roadmap.json_text import json_text

    print_bytes(f"{json_text(value, keep_surrogates=True)}\n".encode())
