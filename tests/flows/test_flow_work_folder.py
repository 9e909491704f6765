"""The engine's temporary folder, which the next run removes after a kill, and its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.flows.sources.engine import opened


@pytest.fixture
def spill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_the_next_run_removes_what_a_killed_one_left_and_no_other_folder(spill: Path) -> None:
    code = """
import sys
from lfroadmap.flows.sources.engine import opened
with opened(None, "UTC"):
    print(flush=True)
    sys.stdin.read()
"""
    command, env = [sys.executable, "-c", code], {**os.environ, "TMPDIR": str(spill)}
    with (
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other,
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as killed,
    ):
        for process in (other, killed):
            assert process.stdout is not None
            process.stdout.readline()
        (spill / "lfroadmap-measure-mine").mkdir()
        assert len([*spill.iterdir()]) == 3
        killed.kill()
        killed.wait()
        with opened(None, "UTC"):
            left = {path.name.removeprefix("lfroadmap-measure-").split("-")[0] for path in spill.iterdir()}
        assert left == {"mine", str(other.pid), str(os.getpid())}
        assert other.communicate(timeout=60) and other.returncode == 0
    assert [path.name for path in spill.iterdir()] == ["lfroadmap-measure-mine"]


@pytest.mark.parametrize(
    ("memory", "limit"), [(96 << 20, 64), (300 << 20, 200), (1 << 30, (1 << 10) - 150), (32 << 20, 32)]
)
def test_the_process_is_to_stay_within_its_memory(spill: Path, memory: int, limit: int) -> None:
    with opened(memory, "UTC") as engine:
        shown = engine.execute("SELECT current_setting('memory_limit')")[0][0]
    assert shown == f"{limit}.0 MiB"
