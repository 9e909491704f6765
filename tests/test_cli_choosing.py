"""`new --choose`: three questions on a terminal, the recommendation, and the roadmap that is made of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.usecases.choosing import OPTIONS, QUESTIONS
from lfroadmap.words import LANGUAGES, Language, words
from own_templates import SMALL
from terminal import Terminal, environment

each_language = pytest.mark.parametrize("language", LANGUAGES)
FIRST = dict.fromkeys(QUESTIONS, 1)
"""A sales team, deals, a short road."""


@contextmanager
def asked(home: Path, language: Language = "en") -> Iterator[Terminal]:
    """A terminal on which the command asks."""
    argv = [
        sys.executable,
        "-m",
        "lfroadmap",
        "--lang",
        language,
        "--bidi",
        "plain",
        "new",
        "plan",
        "--choose",
    ]
    with Terminal(argv, environment(home), columns=100, lines=60) as terminal:
        yield terminal


def answer(terminal: Terminal, typed: str, language: Language = "en", most: int = 5) -> None:
    """Answer when the prompt is there; on a page from the right it is a line of its own."""
    before = len(terminal.output)
    prompt = ">" if language == "he" else words(language)("choosing.number", n=most).strip()
    terminal.wait_for(lambda shown: shown.rstrip().endswith(prompt))
    terminal.send(f"{typed}\r")
    terminal.wait_for(lambda shown: len(terminal.output) > before + len(typed))


def answer_all(terminal: Terminal, language: Language = "en") -> None:
    for question in QUESTIONS:
        answer(terminal, str(FIRST[question]), language, len(OPTIONS[question]))


@each_language
@pytest.mark.quick_cases(1)
def test_three_answers_and_a_yes_make_the_recommended_roadmap(tmp_path: Path, language: Language) -> None:
    with asked(tmp_path, language) as terminal:
        answer_all(terminal, language)
        terminal.wait_for("y/N")
        terminal.send("y\r")
        assert terminal.wait_exit() == 0
    assert b"sales-pipeline" in terminal.output
    made = stored(tmp_path, "plan")
    assert (made.template, made.title) == ("sales-pipeline", "plan")
    assert made.stages == load("sales-pipeline").roadmap("r").stages


@pytest.mark.proof
def test_the_reason_is_given_with_the_recommendation(tmp_path: Path) -> None:
    with asked(tmp_path) as terminal:
        answer_all(terminal)
        terminal.wait_for("y/N")
        shown = " ".join(terminal.output.decode().split())
        assert words("en")("choosing.because_deals_sales_pipeline") in shown
        for name in names():
            assert f"{name} · {Labels(name, 'en').of(load(name).roadmap(name))}" in shown
        terminal.send("n\r")
        assert terminal.wait_exit() == 1
    assert b"lfroadmap new plan --choose" in terminal.output
    assert list(tmp_path.rglob("*.roadmap")) == []


@pytest.mark.proof
def test_an_own_template_stands_behind_the_models(tmp_path: Path) -> None:
    folder = Path(environment(tmp_path)["LFROADMAP_CONFIG_DIR"]) / "templates"
    folder.mkdir(parents=True)
    (folder / "small.toml").write_text(SMALL, "utf-8")
    (folder / "broken.toml").write_text("x = 1", "utf-8")
    with asked(tmp_path) as terminal:
        answer_all(terminal)
        terminal.wait_for("y/N")
        assert b"small \xc2\xb7 Our way" in terminal.output and b"broken" not in terminal.output
        terminal.send(f"{len(names()) + 1}\r")
        assert terminal.wait_exit() == 0
    assert stored(tmp_path, "plan").template == "small"


@pytest.mark.proof
def test_another_one_is_taken_by_its_number(tmp_path: Path) -> None:
    number = names().index("elastic-network") + 1
    with asked(tmp_path) as terminal:
        answer_all(terminal)
        terminal.wait_for("y/N")
        terminal.send(f"{number}\r")
        assert terminal.wait_exit() == 0
    assert stored(tmp_path, "plan").template == "elastic-network"


@pytest.mark.proof
def test_the_comparison_is_shown_and_what_is_no_number_is_asked_again(tmp_path: Path) -> None:
    with asked(tmp_path) as terminal:
        for typed in ("0", "6", "sales", ""):
            answer(terminal, typed)
        assert terminal.output.decode().count(words("en")("choosing.not_a_number")) == 4
        answer(terminal, "?")
        terminal.wait_for("customer-journey")
        terminal.wait_for("a pause; the customer may return")
        answer_all(terminal)
        terminal.wait_for("y/N")
        terminal.send("\r")
        assert terminal.wait_exit() == 1, "Enter alone changes nothing"


@pytest.mark.proof
def test_the_end_of_the_input_makes_nothing(tmp_path: Path) -> None:
    with asked(tmp_path) as terminal:
        answer(terminal, "1")
        terminal.wait_for("What should get better?")
        terminal.send("\x04")
        assert terminal.wait_exit() == 1
    assert list(tmp_path.rglob("*.roadmap")) == []


@each_language
def test_without_a_terminal_it_names_the_option_and_the_models(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    at_home(tmp_path, monkeypatch)
    ran = run(capsys, "new", "plan", "--choose", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert "--template" in ran.err and all(name in ran.err for name in names())
    ran = run(capsys, "new", "plan", "--choose", "--template", "sales-funnel", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert list(tmp_path.rglob("*.roadmap")) == []


@pytest.mark.proof
def test_a_name_that_cannot_be_is_refused_before_the_questions(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(tmp_path, monkeypatch)
    assert run(capsys, "new", "a/b", "--choose").err == run(capsys, "new", "a/b").err != ""
    good(capsys, "new", "plan")
    ran = run(capsys, "new", "plan", "--choose")
    assert ran.status == 1 and "already a roadmap “plan”" in ran.err
    assert stored(tmp_path, "plan").template == "liquid-funnel", "what `new` makes without a choice"
