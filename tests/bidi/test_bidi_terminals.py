"""The choice of the dialect, for the observed answers of terminals."""

from __future__ import annotations

import pytest

from lfroadmap.bidi.terminals import Answers, DialectName, choose, parse_answers


def answered(name: str = "", mode8: int | None = None, device: str = "", outer: str = "") -> Answers:
    return Answers(name, mode8, device, True, outer)


SILENT = Answers()
TMUX = "tmux 3.3a"
IN_TMUX = {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"}
LEAKED = {"VTE_VERSION": "7006", "KONSOLE_VERSION": "221203", "MLTERM": "3.9.0", "KITTY_WINDOW_ID": "1"}


@pytest.mark.parametrize(
    ("answers", "environ", "dialect"),
    [
        (answered("VTE(7006)", 2, "65;7006;1"), {"VTE_VERSION": "7006"}, "explicit"),
        (answered("VTE(6800)", None, "65;6800;1"), {}, "explicit"),
        (answered("mintty 3.6.4", 2, "77;30604;0"), {}, "explicit"),
        (answered("mintty 3.6.4", None, "77;30604;0"), {}, "explicit"),
        (answered("", 4), {}, "explicit"),
        (answered("Konsole 22.12.3", None, "1;221203;0"), {"KONSOLE_VERSION": "221203"}, "lrm"),
        (answered("", 0, "24;279;0"), {"MLTERM": "3.9.0"}, "mlterm"),
        (answered("mlterm 3.9.3", 0, "24;279;0"), {}, "mlterm"),
        (answered("", None, "0;136;0"), {}, "word"),
        (answered("", None, "0;115;0"), {}, "word"),
        (answered("kitty(0.26.5)", 0, "1;4000;26"), {"KITTY_WINDOW_ID": "1"}, "kitty"),
        (answered("XTerm(379)", 0, "41;379;0"), {}, "plain"),
        (answered("foot(1.13.1)", 0, "1;011301;0"), {}, "plain"),
        (answered("zutty 0.14", 0, ""), {}, "plain"),
        (answered("terminology 1.13.0", 0, "61;337;0"), {}, "plain"),
        (answered("", None, "0;1101;1"), {}, "plain"),
        (answered("", None, "85;95;0"), {}, "plain"),
        (answered("", 0, "1;1;0"), {}, "plain"),
        (answered("ghostty 1.0.1", 0, "1;10;0"), {}, "plain"),
        (answered("WezTerm 20240203", 0, "1;277;0"), {}, "plain"),
        (answered("iTerm2 3.5.0", 0, "64;2500;0"), {}, "plain"),
        (answered(), {"TERM_PROGRAM": "Apple_Terminal"}, "word"),
        (answered(), {"WT_SESSION": "1"}, "plain"),
        (answered(), {"TERM": "mlterm"}, "mlterm"),
        (answered(), {"TERM": "xterm-kitty"}, "kitty"),
        (answered(), {"VTE_VERSION": "5202"}, "explicit"),
        (answered(), {"COLORTERM": "xfce4-terminal"}, "explicit"),
        (answered(), {"KONSOLE_VERSION": "221203"}, "lrm"),
        (answered(), {}, "plain"),
        (answered("XTerm(379)", 0, "41;379;0"), LEAKED, "plain"),
        (answered("foot(1.13.1)", 0), {**LEAKED, **IN_TMUX}, "plain"),
        (answered("", None, "0;136;0"), {"VTE_VERSION": "7006"}, "word"),
        (SILENT, {"TERM": "xterm-256color"}, "explicit"),
        (SILENT, {"TERM": "xterm-kitty"}, "kitty"),
        (SILENT, {"TERM": "mlterm"}, "mlterm"),
        (SILENT, {"TERM": "linux"}, "plain"),
        (SILENT, {"TERM": "rxvt-unicode-256color"}, "plain"),
        (answered(TMUX, None, "84;0;0", "VTE(7006)"), IN_TMUX, "lrm"),
        (answered(TMUX, None, "84;0;0", "Konsole 22.12.3"), IN_TMUX, "lrm"),
        (answered(TMUX, None, "84;0;0", "kitty(0.26.5)"), IN_TMUX, "kitty"),
        (answered(TMUX, None, "84;0;0", "XTerm(379)"), {**LEAKED, **IN_TMUX}, "plain"),
        (answered(TMUX, None, "84;0;0"), {**IN_TMUX, "VTE_VERSION": "7006"}, "lrm"),
        (answered("", None, "84;0;0"), {**IN_TMUX, "MLTERM": "3.9.0"}, "word"),
        (answered("", None, "84;0;0"), IN_TMUX, "plain"),
        (SILENT, IN_TMUX, "plain"),
        (answered("", None, "83;40900;0"), {"STY": "1.pts", "VTE_VERSION": "7006"}, "lrm"),
    ],
)
def test_choice(answers: Answers, environ: dict[str, str], dialect: DialectName) -> None:
    chosen = choose(answers, environ)
    assert chosen.dialect == dialect
    assert chosen.why.isascii()


@pytest.mark.parametrize(
    ("variable", "dialect"),
    [("VTE_VERSION", "explicit"), ("KONSOLE_VERSION", "lrm"), ("MLTERM", "mlterm"), ("STY", "plain")],
)
def test_a_variable_counts_only_without_a_name(variable: str, dialect: DialectName) -> None:
    assert choose(answered(), {variable: "1"}).dialect == dialect
    assert choose(answered("XTerm(379)"), {variable: "1"}) == ("plain", "no-sign")


@pytest.mark.parametrize(
    ("sent", "answers", "typed"),
    [
        (
            b"\x1b[8;2$y\x1bP>|VTE(7006)\x1b\\\x1b[>65;7006;1c\x1b[?65;1;9c",
            Answers("VTE(7006)", 2, "65;7006;1", True),
            b"",
        ),
        (b"\x1b[?8;0$yls\x1b[?62c\r", Answers("", 0, "", True), b"ls\r"),
        ("\x1b[Aשל\x1bP>|X\x07ום\x1b[?6c".encode(), Answers("X", None, "", True), "\x1b[Aשלום".encode()),
        (b"\x1b[>0;136;0c", Answers("", None, "0;136;0"), b""),
        (b"\x1b[?6", Answers(), b"\x1b[?6"),
        (b"\x00\xff\x1b[\x1bP garbage", Answers(), b"\x00\xff\x1b[\x1bP garbage"),
        (b"\x1b[?1;2$y\x1b[18;3~", Answers(), b"\x1b[?1;2$y\x1b[18;3~"),
    ],
)
def test_answers_are_separated_from_keys(sent: bytes, answers: Answers, typed: bytes) -> None:
    assert parse_answers(sent) == (answers, typed)
