"""`python probe.py OUT PROGRAM …`: run a Python program as it is; on SIGUSR1 write into OUT what it holds."""

from __future__ import annotations

import gc
import json
import runpy
import signal
import sys
from pathlib import Path


def write_counts(*_: object) -> None:
    from textual.app import App  # noqa: PLC0415 - the program is to be the first who imports it

    app = next(found for found in gc.get_objects() if isinstance(found, App))
    found = {
        "widgets": sum(1 for _ in app.screen.walk_children()),
        "rules": len(app.stylesheet.rules),
        "modules": len(sys.modules),
        "own": sum(name.startswith("lfroadmap") for name in sys.modules),
    }
    Path(out).write_text(json.dumps(found), "utf-8")


out, *sys.argv = sys.argv[1:]
signal.signal(signal.SIGUSR1, write_counts)
runpy.run_path(sys.argv[0], run_name="__main__")
