"""Looking for garbage while no key is typed: a look through all objects takes as long as five frames."""

from __future__ import annotations

import asyncio
import gc
from time import monotonic

QUIET = 0.4
"""Seconds without a key, a mouse event or an edit of another window after which garbage is looked for."""
YOUNG = 20_000
"""New objects after which it is looked for among them though keys are typed."""
OLD = 1_000
"""Looks among the new objects after which all are looked at though keys are typed."""
FEW = 1_000
"""New objects that are not worth a look."""
LOOKS = 10
"""Quiet looks among the new objects after which all are looked at in a quiet time."""


class QuietCollector:
    """Decides when Python looks for garbage."""

    def __init__(self) -> None:
        self._is_started = False
        self._used = 0.0
        self._waiting: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Look for garbage from now on, but not in what there is: it stays."""
        gc.freeze()
        gc.set_threshold(YOUNG, 10, OLD)
        gc.enable()
        self._is_started = True

    def used(self) -> None:
        """Note that the program is in use, and look for garbage when it no longer is; on the app's loop."""
        self._used = monotonic()
        if self._waiting is None and self._is_started:
            self._wait(QUIET)

    def _wait(self, seconds: float) -> None:
        self._waiting = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        self._waiting = None
        left = self._used + QUIET - monotonic()
        if left > 0:
            self._wait(left)
            return
        young, middle, old = gc.get_count()
        if old >= LOOKS:
            gc.collect()
        elif middle or young > FEW:
            gc.collect(1)
