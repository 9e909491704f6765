"""A measurement that is ended by a signal, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reading_events import table


def waiting_for(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """True once a condition holds; False where it does not within a generous time."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def by_default() -> None:
    """In the child: a test run in the background passes on "ignore"."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.quick_cases(1)
def test_a_signal_ends_it_and_leaves_no_folder(tmp_path: Path, number: signal.Signals) -> None:
    rows = [
        f"c{n % 500},2026-01-{n % 28 + 1:02},{'visit' if n % 3 else 'purchase'},x{n}" for n in range(400_000)
    ]
    path = table(tmp_path / "big.csv", ["customer,time,kind,channel", *rows])
    spill = tmp_path / "tmp"
    spill.mkdir()
    command = [sys.executable, "-m", "lfroadmap", "measure", str(path)]
    with subprocess.Popen(
        command,
        env={**os.environ, "TMPDIR": str(spill)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=by_default,  # noqa: PLW1509 - it only sets signals
    ) as process:
        try:
            assert waiting_for(lambda: any(spill.glob("*/events.duckdb*")) or process.poll() is not None)
            assert process.poll() is None, "it was over before it could be ended"
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode in (1, 130, 128 + number)
    assert (out, b"Traceback" in err) == (b"", False), err.decode()
    assert list(spill.iterdir()) == []
