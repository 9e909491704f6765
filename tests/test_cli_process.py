"""The commands as programs: what only a process of its own can show."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from matrices import quick_first
from terminal import environment

PROGRAM = [sys.executable, "-m", "lfroadmap"]
INSTALLED = Path(sys.executable).with_name("lfroadmap")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


def run(env: dict[str, str], *argv: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    how = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 60} | how
    return subprocess.run([*PROGRAM, *argv], env=env, check=False, **how)  # type: ignore[call-overload,no-any-return]


def test_the_installed_command_is_the_same_program(env: dict[str, str]) -> None:
    asked = [str(INSTALLED), "--version"]
    assert (
        subprocess.run(asked, env=env, capture_output=True, check=True).stdout == run(env, "--version").stdout
    )


@pytest.mark.parametrize(
    "argv", quick_first([["--version"], ["list"], ["--help"], ["help", "export"], ["path"]], 2)
)
def test_a_question_does_not_wait_for_the_screen(env: dict[str, str], argv: list[str]) -> None:
    heavy = ("textual", "pydantic", "pycrdt", "rich", "sqlite3", "asyncio")
    code = (
        f"import sys; from lfroadmap.main import main; main({argv!r}); print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert not set(heavy) & set(loaded.stderr.decode().split("\n")[-2].split())


def test_an_export_waits_for_nothing_it_does_not_need(env: dict[str, str]) -> None:
    assert run(env, "new", "plan").returncode == 0
    code = (
        "import sys; from lfroadmap.main import main; main(['export', 'json', '-o', '-']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert not {"textual", "pydantic", "pycrdt", "rich", "asyncio"} & set(loaded.stderr.decode().split())


def test_without_a_terminal_the_screen_says_so(env: dict[str, str], tmp_path: Path) -> None:
    ran = run(env)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"terminal" in ran.stderr and b"Traceback" not in ran.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.proof
def test_a_reader_that_has_enough_is_no_error_to_shout_about(env: dict[str, str]) -> None:
    for name in ("plan", *(f"plan-{n}" for n in range(3))):
        run(env, "new", name)
    for argv in (["show"], ["show", "--json"], ["list"], ["export", "html", "-o", "-"], ["--help"]):
        read, write = os.pipe()
        os.close(read)
        ran = run(env, *argv, capture_output=False, stdout=write, stderr=subprocess.PIPE)
        os.close(write)
        assert (ran.returncode, ran.stderr) == (1, b""), argv


@pytest.mark.proof
def test_a_full_disk_behind_the_output_is_told(env: dict[str, str]) -> None:
    run(env, "new", "plan")
    for argv in (["show"], ["export", "json", "-o", "-"], ["list"]):
        with Path("/dev/full").open("wb") as full:
            ran = run(env, *argv, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        assert ran.returncode == 1, argv
        assert ran.stderr.startswith(b"lfroadmap: The output was not written: No space left on device. "), (
            argv
        )
        assert ran.stderr.count(b"\n") == 1, argv


@pytest.mark.proof
def test_a_narrow_encoding_gets_escapes_and_files_stay_utf_8(env: dict[str, str]) -> None:
    run(env, "new", "liquid-funnel")
    narrow = env | {
        "PYTHONIOENCODING": "iso-8859-1",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    for argv in (["show", "--lang", "he"], ["list", "--lang", "he"], ["--help", "--lang", "he"]):
        ran = run(narrow, *argv)
        assert (ran.returncode, ran.stderr) == (0, b""), argv
        assert b"\\u05" in ran.stdout
    ran = run(narrow, "export", "json", "-o", "-", "--lang", "he")
    assert "מפת דרכים" in json.loads(ran.stdout)["roadmap"]["title"]


@pytest.mark.proof
def test_a_name_that_is_no_text_is_told(env: dict[str, str]) -> None:
    run(env, "new", "plan")
    for argv in (["show", b"\xff\xfe"], ["new", b"\xff\xfe"], ["import", b"\xff.json"]):
        ran = subprocess.run([*PROGRAM, *argv], env=env, capture_output=True, check=False)
        assert ran.returncode == 1, argv
        assert ran.stderr.startswith(b"lfroadmap: ") and b"Traceback" not in ran.stderr, argv


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "argv", quick_first(["show", "export json -o -", "--version", "list", "list --json", "--help"], 2)
)
def test_a_closed_output_is_told(env: dict[str, str], argv: str) -> None:
    run(env, "new", "plan")
    shell = ["sh", "-c", f'"$0" -m lfroadmap {argv} >&-', sys.executable]
    ran = subprocess.run(shell, env=env, capture_output=True, check=False, timeout=60)
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"lfroadmap: There is nowhere to write") and ran.stderr.count(b"\n") == 1


def test_a_command_with_nothing_to_read_or_complain_to_is_done(env: dict[str, str]) -> None:
    shell = ["sh", "-c", '"$0" -m lfroadmap new plan <&- 2>&-', sys.executable]
    assert subprocess.run(shell, env=env, capture_output=True, check=False, timeout=60).returncode == 0
    shell[2] = '"$0" -m lfroadmap <&- >&- 2>&-'
    assert subprocess.run(shell, env=env, capture_output=True, check=False, timeout=60).returncode == 2
