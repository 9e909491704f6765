"""A process that merges a peer's updates into a file: `python merging_process.py FILE UPDATES FIRST`.

UPDATES has an update in hexadecimal digits on each line, and the lineage on the first. It prints `ready`,
then the number of each update that was acknowledged, and opens the file again after every forty.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROUND = 40


def main() -> None:
    path, first = Path(sys.argv[1]), int(sys.argv[3])
    lineage, *updates = Path(sys.argv[2]).read_text().split()
    from lfroadmap.store import writer
    from lfroadmap.store.events import Event, Merged
    from lfroadmap.store.store import Store

    writer.COMPACT_AFTER = 3
    os.write(1, b"ready\n")
    done = first

    def acknowledge(event: Event) -> None:
        nonlocal done
        if isinstance(event, Merged):
            assert event.outcome in ("merged", "unchanged"), event
            done += 1
            os.write(1, b"%d\n" % done)

    for start in range(first, len(updates), ROUND):
        store = Store(path, "dana")
        store.start(acknowledge)
        for n, update in enumerate(updates[start : start + ROUND]):
            store.merge(bytes.fromhex(update), lineage)
            if n % 3:
                store.flush()
        store.close()


if __name__ == "__main__":
    main()
