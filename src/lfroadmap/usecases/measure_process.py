"""Measuring in a process of its own, so that the screen stays quick: its progress, its end, its result.

The process reads a request from its standard input, and writes numbers, how far it is, and then a result or
the words of an error. It is this program; both ends are of one version.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import IO, Any, NoReturn

from lfroadmap.errors import Ended, RoadmapError
from lfroadmap.report.nodes import Report
from lfroadmap.usecases.measure_run import Failure, Measured, MeasureRequest, run
from lfroadmap.words import SafeText, words

_NICE = 10
"""How much less the process asks for of the processor than the screen."""
_MODULE = "lfroadmap.usecases.measure_process"


class MeasureProcess:
    """One measuring; `run` waits for it on a thread, and `cancel` ends it from another."""

    def __init__(self, request: MeasureRequest) -> None:
        self._request = request
        self._process: subprocess.Popen[bytes] | None = None
        self.is_cancelled = False

    def run(self, watch: Callable[[float], None]) -> Measured | Report | None:
        """The result; None where it was called off. Raises RoadmapError in words."""
        if self.is_cancelled:
            return None
        try:
            # -P: nothing is imported from the current folder; a session of its own: no key is for it
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise RoadmapError("flows_process_ended") from error
        with self._process as process:
            assert process.stdin is not None and process.stdout is not None
            with suppress(BrokenPipeError):  # it was ended already
                pickle.dump(self._request, process.stdin)
                process.stdin.flush()
            try:
                return self._result(process.stdout, watch)
            finally:
                self._end(process)
                process.stdin.close()

    def _result(self, stream: IO[bytes], watch: Callable[[float], None]) -> Measured | Report | None:
        while True:
            try:
                said = pickle.load(stream)
            except (EOFError, pickle.UnpicklingError, OSError) as error:
                if self.is_cancelled:
                    return None
                raise RoadmapError("flows_process_ended") from error
            if self.is_cancelled:
                return None
            if isinstance(said, float):
                watch(said)
            elif isinstance(said, Failure):
                raise RoadmapError("flows_said", reason=SafeText(said.text))
            else:
                return said  # type: ignore[no-any-return]

    def cancel(self) -> None:
        """End it; nothing where it has ended."""
        self.is_cancelled = True
        if self._process is not None:
            self._end(self._process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.terminate()


def serve(stdin: IO[bytes], stdout: IO[bytes]) -> None:
    """Measure what is asked for, and report."""

    def say(value: Any) -> None:  # noqa: ANN401 - a number, a result, or a failure
        pickle.dump(value, stdout)
        stdout.flush()

    request: MeasureRequest = pickle.load(stdin)
    threading.Thread(target=_end_with, args=(stdin,), daemon=True).start()
    say(0.0)  # it has begun, also where it ends before there is more to say
    try:
        say(run(request, lambda percentage: say(float(percentage))))
    except RoadmapError as error:
        say(Failure(words(request.language).error(error)))


def _end_with(stdin: IO[bytes]) -> None:
    """End this process when the one that asked is gone."""
    stdin.read()
    signal.raise_signal(signal.SIGTERM)


def _unwind(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise Ended(number)


def main() -> None:
    """The process."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    signal.signal(signal.SIGTERM, _unwind)
    with suppress(BrokenPipeError), os.fdopen(os.dup(1), "wb") as stdout:  # nobody may wait any more
        serve(sys.stdin.buffer, stdout)


if __name__ == "__main__":
    main()
