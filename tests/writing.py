"""A process that edits a roadmap's file and says what is saved: `python writing.py FILE AUTHOR FIRST COUNT`.

It prints `ready`, then the number of each edit that was acknowledged. It opens the file again after every
forty edits, so that a kill also meets opening, folding and closing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Move

ROUND = 40


def edit(author: str, n: int) -> Edit:
    """The edit with number `n` of an author; the roadmap shows whether it was done."""
    task = f"{author}{n // 4 * 4}"
    return (
        Add(Task(task, f"משימה {n}"), "c"),
        SpliceText("f", 0, 0, f"{author}{n};"),
        Tick(task, True, str(n)),
        Move(task, "d", "") if n % 8 < 4 else SetField("g", f"{author}{n}"),
    )[n % 4]


def main() -> None:
    path, author, first, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    from lfroadmap.store import writer
    from lfroadmap.store.events import Event, Saved
    from lfroadmap.store.store import Store

    writer.COMPACT_AFTER = 3
    os.write(1, b"ready\n")
    done = first
    while done < first + count:
        start, several = done, min(ROUND, first + count - done)

        def acknowledge(event: Event, start: int = start) -> None:
            if isinstance(event, Saved):
                os.write(1, b"%d\n" % (start + event.number))

        store = Store(path, author)
        store.start(acknowledge)
        for n in range(done, done + several):
            store.submit(edit(author, n))
            if n % 3:
                store.flush()
        assert store.close() == ()
        done += several


if __name__ == "__main__":
    main()
