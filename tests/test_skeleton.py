"""The skeleton of the last screen: shown at once by the next start, harmless, and gone with the program."""

import os
import signal
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from lfroadmap.skeleton import SKELETON, content_for
from matrices import quick_first
from terminal import Terminal, environment, keys

Change = Callable[[Path], None]
PROGRAM = [sys.executable, "-m", "lfroadmap"]
ENTERS, LEAVES = b"\x1b[?1049h", b"\x1b[?1049l"
DRAWN = b"\x1b[?2026h"
"""Begins the first picture of the loaded program, as the terminal takes synchronized updates."""


KEEPS_ORDER = "\x1b[8l"


def start(home: Path, *arguments: str, columns: int = 100, locale: str = "en_US.UTF-8") -> Terminal:
    return Terminal([*PROGRAM, *arguments], environment(home, locale), columns=columns, lines=30)


def visit(home: Path, *arguments: str, locale: str = "en_US.UTF-8") -> None:
    """Open the roadmap and leave it again."""
    with start(home, *arguments, locale=locale) as terminal:
        terminal.wait_for("^Q")
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0


def kept(home: Path) -> Path:
    return home / ".cache" / "lfroadmap" / "skeleton"


def echoes(terminal: Terminal) -> bool:
    return bool(termios.tcgetattr(terminal._fd)[3] & termios.ECHO)


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that somebody has left the program in once."""
    home = tmp_path_factory.mktemp("visited")
    visit(home)
    return home


@pytest.fixture
def home(visited: Path, tmp_path: Path) -> Path:
    """Such a home for one test."""
    home = tmp_path / "home"
    copytree(visited, home)
    content = kept(home).read_text("utf-8")
    assert str(visited) in content
    kept(home).write_text(content.replace(str(visited), str(home)), "utf-8")
    return home


@pytest.mark.proof
def test_the_next_start_shows_it_before_the_program_draws(home: Path) -> None:
    assert kept(home).stat().st_mode & 0o777 == 0o600
    with start(home) as terminal:
        terminal.wait_for(lambda _: DRAWN in terminal.output)
        before = terminal.output.partition(DRAWN)[0].decode()
        assert "Liquid Funnel roadmap" in before
        assert "^Q" in before
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
        assert (terminal.output.count(ENTERS), terminal.output.count(LEAVES)) == (1, 1), "it flickers"
        assert echoes(terminal)


def test_a_terminal_that_orders_text_leaves_it_before_the_lines_of_the_skeleton_are_made(home: Path) -> None:
    text = kept(home).read_text("utf-8")
    head = text.index("\x1b[")
    kept(home).write_text(text[:head] + KEEPS_ORDER + text[head:].removeprefix(KEEPS_ORDER), "utf-8")
    with start(home) as terminal:
        terminal.wait_for(lambda _: DRAWN in terminal.output)
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    assert terminal.output.index(KEEPS_ORDER.encode()) < terminal.output.index(ENTERS)


@pytest.mark.proof
def test_keys_typed_meanwhile_reach_the_program(home: Path) -> None:
    with start(home) as terminal:
        terminal.wait_for(lambda _: ENTERS in terminal.output)
        terminal.send(keys("alt+2"), keys("ctrl+z"), keys("ctrl+q"))  # Ctrl+Z suspends nothing
        assert terminal.wait_exit() == 0
    with start(home) as terminal:
        terminal.wait_for(lambda shown: DRAWN in terminal.output and "Goals" in shown)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.quick_cases(1)
def test_a_signal_while_it_is_shown_gives_the_terminal_back(home: Path, number: int) -> None:
    with start(home) as terminal:
        assert echoes(terminal)
        terminal.wait_for(lambda _: ENTERS in terminal.output)
        terminal.signal(signal.SIGSTOP)
        terminal.signal(number)
        terminal.signal(signal.SIGCONT)
        assert terminal.wait_exit() != 0
        assert terminal.output.count(LEAVES) == 1
        assert echoes(terminal)
        assert b"Traceback" not in terminal.output


def test_a_question_is_asked_on_the_normal_screen(home: Path) -> None:
    (home / "data" / "roadmaps" / "liquid-funnel.roadmap").write_bytes(
        b"SQLite format 3\0" + b"no more" * 999
    )
    with start(home) as terminal:
        terminal.wait_for("[y/N]")
        assert ENTERS in terminal.output
        assert terminal.output.index(LEAVES) < terminal.output.index(b"[y/N]")
        assert echoes(terminal)
        terminal.send("n\r")
        assert terminal.wait_exit() == 1


@pytest.mark.parametrize(
    "different",
    quick_first(
        [
            {"arguments": ["other"]},
            {"arguments": ["--lang", "he"]},
            {"columns": 99},
            {"locale": "he_IL.UTF-8"},
        ]
    ),
    ids=str,
)
def test_it_is_not_shown_where_it_does_not_fit(home: Path, different: dict[str, object]) -> None:
    kept(home).write_text(kept(home).read_text("utf-8").replace("^Q", "SKELETON"), "utf-8")
    arguments, others = different.get("arguments", []), {**different}
    others.pop("arguments", None)
    with start(home, *arguments, **others) as terminal:  # type: ignore[misc, arg-type]
        terminal.wait_for(lambda shown: "^Q" in shown or "other" in shown)
        assert b"SKELETON" not in terminal.output


@pytest.mark.parametrize(
    "forged",
    [
        "\x1b]0;title\x07", "\x1b[2J", "\x1b[?1003h", "\x1bc", "a\rb", "\x9b31m", "\x1b[8h", "\x1b", "\x1b[",
        "\x1b[1;1", "\x90q", "\x7f", "\x1b[>q",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_forged_one_does_nothing_to_the_terminal(
    forged: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown("\x1b[1;1H\x1b[1;38;2;1;2;3mText שלום\x1b[0m", tmp_path, monkeypatch)
    assert shown("\x1b[8l\x1b[1;1HText", tmp_path, monkeypatch)
    assert not shown(f"\x1b[1;1HText{forged}", tmp_path, monkeypatch)


def shown(
    text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, change: Change = lambda file: None
) -> bytes:
    """What a start sends for a skeleton of these rows, whose file is changed before."""
    primary, terminal = os.openpty()
    saved = [os.dup(number) for number in (0, 1, 2)]
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    try:
        for number in (0, 1, 2):
            os.dup2(terminal, number)
        file = folder / "lfroadmap" / "skeleton"
        file.parent.mkdir(exist_ok=True)
        file.write_text(content_for("plan", text), "utf-8")
        change(file)
        SKELETON.show(["plan"])
        was_shown = SKELETON.is_shown
        SKELETON.take_off()
        return os.read(primary, 65536) if was_shown else b""
    finally:
        for number, descriptor in enumerate(saved):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.close(terminal)
        os.close(primary)


def be_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def be_link(file: Path) -> None:
    file.symlink_to(file.rename(file.with_name("elsewhere")))


def be_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def replaced(make: Callable[[bytes], bytes]) -> Change:
    return lambda file: void(file.write_bytes(make(file.read_bytes())))


def void(_: object) -> None:
    """Return nothing."""


@pytest.mark.parametrize(
    "change",
    [
        Path.unlink,
        be_folder,
        be_link,
        be_pipe,
        replaced(lambda content: b""),
        replaced(lambda content: content[:30]),
        replaced(lambda content: content + b" " * 200_000),
        replaced(lambda content: content + b"\xff"),
        replaced(lambda content: content.replace(b"skeleton 1", b"skeleton 2")),
    ],
    ids=["missing", "folder", "link", "pipe", "empty", "cut", "huge", "no text", "later"],
)
def test_a_file_that_is_none_is_passed_over(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown("Text", tmp_path, monkeypatch)
    assert not shown("Text", tmp_path, monkeypatch, change)
