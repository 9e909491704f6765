"""A disk without file locks or shared memory, as some network shares are: said so, and nothing is harmed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from killing import environment, strace
from lfroadmap.words import LANGUAGES, Language, words

pytestmark = [pytest.mark.proof, pytest.mark.skipif(strace() is None, reason="no strace here")]


def ran(home: Path, *argv: str, fault: tuple[str, ...] = (), on: tuple[Path, ...] = ()) -> tuple[int, str]:
    """Exit status and output of a command, in which system calls on some files fail."""
    faults = [part for each in fault for part in ("-e", f"inject={each}")]
    traced = [part for path in on for part in ("-P", str(path))]
    tracer = [strace() or "", "-f", "-qq", "-o", "/dev/null", *faults, *traced] if fault else []
    done = subprocess.run(
        [*tracer, sys.executable, "-m", "lfroadmap", *argv],
        capture_output=True, text=True, check=False, timeout=120, env=environment(home),
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join((done.stdout + done.stderr).split())


FAULTS = {
    "no locks": ("fcntl:error=ENOLCK",),
    "no shared memory": ("mmap:error=ENODEV",),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_and_the_file_stays(tmp_path: Path, fault: str, language: Language) -> None:
    assert ran(tmp_path, "new", "plan")[0] == 0
    path = tmp_path / "data" / "roadmaps" / "plan.roadmap"
    before = path.read_bytes()
    files = (path, path.with_name(".plan.roadmap.lock-trial"), path.with_name("plan.roadmap-shm"))
    for command in (("list",), ("show",), ("snapshot", "--save", "x")):
        status, out = ran(tmp_path, *command, "--lang", language, fault=FAULTS[fault], on=files)
        sentence = (
            words(language)("error.store_no_locks", path=path).replace("\u2066", "").replace("\u2069", "")
        )
        other = words(language)("error.why_no_locks")
        plain = out.replace("\u2066", "").replace("\u2069", "").replace("\u200e", "")
        assert any(" ".join(each.replace("\u200e", "").split()) in plain for each in (sentence, other)), (
            command,
            out,
        )
        assert status == 1
    assert path.read_bytes() == before
    assert ran(tmp_path, "show")[0] == 0
