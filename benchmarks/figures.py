"""What is the same in every run: widgets on the first screen, style rules, modules imported."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.programs import ROOT, Program, built_in, hello, new_home, overview
from benchmarks.watch import Watch
from tests.terminal import keys

MAKERS = {"smallest app": hello, "overview": overview, "stage": built_in}


def measure(_: int) -> Iterator[str]:
    """Run each program once with a probe in it, and count what it has loaded when it is ready for keys."""
    yield f"\n{'ready for keys':<46}{'widgets':>9}{'style rules':>13}{'modules':>9}{'of our own':>12}"
    with tempfile.TemporaryDirectory() as folder:
        for name, make in MAKERS.items():
            counts = _measured(make(new_home(folder, name)), Path(folder, f"{name}.json"))
            widgets, rules = counts["widgets"], counts["rules"]
            yield f"{name:<46}{widgets:>9}{rules:>13}{counts['modules']:>9}{counts['own']:>12}"


def _measured(program: Program, out: Path) -> dict[str, int]:
    script = program.command[1:] if program.command[0] == sys.executable else program.command
    probed = (sys.executable, str(ROOT / "benchmarks" / "probe.py"), str(out), *script)
    with Watch(probed, program.env) as watch:
        watch.wait_until_written(program.ready)
        watch.listen()
        watch.signal(signal.SIGUSR1)
        watch.listen()
        watch.send(keys("ctrl+q"))
        watch.wait_exit()
    counts: dict[str, int] = json.loads(out.read_text("utf-8"))
    return counts
