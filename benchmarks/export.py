"""What `lfroadmap export json` takes more than Python itself, and what it is made of."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.programs import PRODUCT, Program, built_in, new_home
from benchmarks.table import Row, lines

NOTHING = (sys.executable, "-c", "pass")
EXPORT = (sys.executable, PRODUCT[0], "export", "json", "-o", "-")
SHOWN = 10
"""Packages told by name."""


def measure(runs: int) -> Iterator[str]:
    """Run both in turn; then once more with Python's own account of its imports."""
    with tempfile.TemporaryDirectory() as folder:
        program = built_in(new_home(folder, "home"))
        both = [(_milliseconds(EXPORT, program), _milliseconds(NOTHING, program)) for _ in range(2 * runs)]
        more = [export - nothing for export, nothing in both]
        yield from lines(
            "lfroadmap export json -o -",
            [
                Row("python -c pass", "ms", [nothing for _, nothing in both]),
                Row("more than that", "ms", more, limit=250),
            ],
        )
        yield from _made_of(program, median(more))


def _milliseconds(command: Sequence[str], program: Program) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=program.env, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1e3


def _made_of(program: Program, whole: float) -> Iterator[str]:
    """The imports by package, less what Python imports anyway; the rest is work."""
    spent = _imports(EXPORT, program)
    for name in _imports(NOTHING, program):
        del spent[name]
    packages: dict[str, float] = defaultdict(float)
    for name, time_spent in spent.items():
        packages[_package(name)] += time_spent
    largest = sorted(packages.items(), key=lambda entry: -entry[1])[:SHOWN]
    imports = sum(packages.values())
    yield "imports (-X importtime, which makes them a little slower), ms"
    yield from (f"  {name:<44}{spent_there:>9.1f}" for name, spent_there in largest)
    yield f"  {'all imports':<44}{imports:>9.1f}"
    yield f"  {'the rest: reading, writing, starting and ending':<44}{whole - imports:>9.1f}"


def _package(name: str) -> str:
    top = name.strip().partition(".")[0]
    return "the standard library" if top.lstrip("_") in STANDARD or top in STANDARD else top


STANDARD = sys.stdlib_module_names


def _imports(command: Sequence[str], program: Program) -> dict[str, float]:
    """Module -> milliseconds spent in it and in no module that it imports."""
    timed = (command[0], "-X", "importtime", *command[1:])
    ran = subprocess.run(timed, env=program.env, check=True, capture_output=True, text=True).stderr
    spent: dict[str, float] = defaultdict(float)
    for line in ran.splitlines():
        own, _, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():
            spent[name.strip()] += int(own) / 1e3
    return spent
