"""`python -m benchmarks [PART…] [-n RUNS] [--first]`: measure how fast the program is and print a table."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator

from benchmarks import (
    calls,
    colleagues,
    disk,
    edits,
    export,
    figures,
    flows,
    library,
    many,
    page,
    rtl,
    screen,
    search,
    structure,
    tables,
    team,
    timeline,
)

PARTS: dict[str, Callable[[int], Iterator[str]]] = {
    "figures": figures.measure,
    "calls": calls.measure,
    "colleagues": colleagues.measure,
    "disk": disk.measure,
    "edits": edits.measure,
    "export": export.measure,
    "flows": flows.measure,
    "library": library.measure,
    "many": many.measure,
    "page": page.measure,
    "rtl": rtl.measure,
    "screen": screen.measure,
    "search": search.measure,
    "structure": structure.measure,
    "tables": tables.measure,
    "team": team.measure,
    "timeline": timeline.measure,
}
"""What can be measured; the first two are the same in every run."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure how fast the program is."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all if none is named")
    parser.add_argument("-n", "--runs", type=int, default=10, help="runs of each program (10)")
    parser.add_argument(
        "--first", action="store_true", help="take precedence over all other programs (Linux, as root)"
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if asked.first:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    print(f"Python {platform.python_version()}, {platform.system()}, {asked.runs} runs in turn")
    for name, measure in PARTS.items():
        if not asked.parts or name in asked.parts:
            for line in measure(asked.runs):
                print(line, flush=True)


if __name__ == "__main__":
    main()
