"""Hooks: a person's own programs, which are given each change that was made here.

They are the executable files in the folder `hooks` beside the settings, and run one after the other in the
order of their names. Each is given one change as a line of JSON on its standard input, as `history --json`
has it, with the roadmap's name, title and file. A change is given once, when nothing more can be typed into
it; what came from other windows and devices is given to the hooks there. A hook that fails or takes too long
is reported; it undoes nothing, and the next change is given to it again.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.store.history.coalescing import PAUSE
from lfroadmap.store.history.queries import HistoryQuery, every
from lfroadmap.store.store import Store
from lfroadmap.usecases.hooks_folder import hooks_in
from lfroadmap.words import Words

LONGEST_RUN = 10.0
"""Seconds after which a hook is ended."""
_SETTLES = PAUSE + 0.2
"""Seconds without a save after which nothing more is typed into a change."""
_KEPT_OPEN = ("Add", "Rename")
"""Edits whose change goes on until Enter, however long that takes."""
_REASON = 200
"""Bytes of what a hook wrote on its standard error that are reported."""
Report = Callable[[RoadmapError], None]


class HookedRoadmap(NamedTuple):
    """The roadmap whose changes hooks are given."""

    store: Store
    name: str
    words: Words


def give(hooks: tuple[Path, ...], line: str, report: Report) -> None:
    """Run the hooks in turn with a line on their standard input; what goes wrong is reported."""
    for hook in hooks:
        if (error := _run(hook, line)) is not None:
            report(error)


def _run(hook: Path, line: str) -> RoadmapError | None:
    """Run one to its end; what it began in the background goes on, unless it takes too long itself."""
    with tempfile.TemporaryFile() as said:
        try:
            # a session of its own: keys such as Ctrl+C are not for it
            running = subprocess.Popen(
                [hook], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
                cwd=hook.parent, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            return RoadmapError("hook_failed", name=hook.name, reason=error.strerror or error)
        with running:
            try:
                running.communicate(line.encode(), LONGEST_RUN)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):  # it has ended meanwhile
                    os.killpg(running.pid, signal.SIGKILL)
                return RoadmapError("hook_slow", name=hook.name, seconds=int(LONGEST_RUN))
        if running.returncode == 0:
            return None
        said.seek(max(said.seek(0, os.SEEK_END) - _REASON, 0))
        reason = said.read().decode(errors="replace").strip().splitlines()[-1:]
    return RoadmapError("hook_failed", name=hook.name, reason=(reason or [str(running.returncode)])[0])


class HookRunner(threading.Thread):
    """Gives the changes of one window to the hooks, on a thread of its own, in their order.

    `report` is called on this thread.
    """

    def __init__(self, config: Path, roadmap: HookedRoadmap, report: Report) -> None:
        super().__init__(name="hooks", daemon=True)
        self._config, self._roadmap, self._report = config, roadmap, report
        self._since = datetime.now().astimezone()
        self._given = 0
        """Number of the last change that was given."""
        self._woken = threading.Condition()
        self._saved_at: float | None = None
        """When something was saved last that was not given; None: all was."""
        self._is_closing = False

    def saved(self) -> None:
        """Something was saved; called on any thread."""
        with self._woken:
            self._saved_at = time.monotonic()
            self._woken.notify()

    def close(self, timeout: float) -> bool:
        """Give what is left, after the store was closed; False where that takes longer."""
        with self._woken:
            self._is_closing = True
            self._woken.notify()
        self.join(timeout)
        return not self.is_alive()

    def run(self) -> None:
        """The thread's body."""
        while self._wait():
            self._give_new()
        self._give_new()

    def _wait(self) -> bool:
        """Wait until nothing was saved for a while after something was; False at the end."""
        with self._woken:
            while not self._is_closing:
                left = None if self._saved_at is None else self._saved_at + _SETTLES - time.monotonic()
                if left is not None and left <= 0:
                    self._saved_at = None
                    break
                self._woken.wait(left)
            return not self._is_closing

    def _give_new(self) -> None:
        """Give the changes into which nothing more can be typed, the oldest first."""
        query = HistoryQuery(window=self._roadmap.store.window, since=self._since)
        try:
            newest = every(self._roadmap.store.path, query)
            new = list(takewhile(lambda change: change.number > self._given, newest))[::-1]
        except BrokenStore as error:
            self._report(error)
            return
        if new and new[-1].kind in _KEPT_OPEN and self._roadmap.store.is_typing and not self._is_closing:
            new.pop()
            with self._woken:  # look again later
                self._saved_at = self._saved_at or time.monotonic()
        for change in new:
            give(hooks_in(self._config), line_of(change, self._roadmap), self._report)
            self._given = change.number


def line_of(change: ChangeEntry, roadmap: HookedRoadmap) -> str:
    """A change as the line that hooks are given."""
    from lfroadmap.report.change_log import lines_of  # noqa: PLC0415 - where there are hooks
    from lfroadmap.report.history import ChangeFormatter  # noqa: PLC0415
    from lfroadmap.report.node_index import NodeIndex  # noqa: PLC0415
    from lfroadmap.roadmap.templates import Labels  # noqa: PLC0415

    now = roadmap.store.roadmap
    (line,) = lines_of((change,), ChangeFormatter(NodeIndex(now), roadmap.words))
    about = {
        "roadmap": roadmap.name,
        "title": Labels(now.template, roadmap.words.language).of(now),
        "path": str(roadmap.store.path),
    }
    return json_text(about | line.plain(), compact=True) + "\n"


def give_all(config: Path, roadmap: HookedRoadmap, since: datetime, report: Report) -> None:
    """Give the hooks all that a command did, when its store is closed."""
    hooks = hooks_in(config)
    if not hooks:
        return
    query = HistoryQuery(window=roadmap.store.window, since=since)
    for change in reversed(list(every(roadmap.store.path, query))):
        give(hooks, line_of(change, roadmap), report)
