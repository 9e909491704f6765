"""`export html --portfolio`: one page of all roadmaps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run
from lfroadmap.store.library.library import Library
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import NAME, filled_library, letters


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    at_home(tmp_path, monkeypatch)
    library = Library(tmp_path / "data")
    filled_library(library)
    return library


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_written_and_never_over_another(
    library: Library, capsys: Capture, language: Language
) -> None:
    line = ("export", "html", "--portfolio", "--lang", language)
    path = Path(good(capsys, *line).strip())
    assert path.name == f"portfolio-{date.today().isoformat()}.html"
    page = path.read_text("utf-8")
    assert f'dir="{words(language).direction}"' in page and NAME in page
    again = run(capsys, *line)
    assert again.status == 1 and "--force" in again.err
    path.write_text("mine")
    good(capsys, *line, "--force")
    assert path.read_text("utf-8") != "mine"
    good(capsys, *line, "-o", "page.html")
    assert Path("page.html").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_not_imported(library: Library, capsys: Capture, language: Language) -> None:
    good(capsys, "export", "html", "--portfolio", "-o", "page.html")
    before = library.names()
    for into in ((), ("--into", "plan")):
        ran = run(capsys, "import", "page.html", *into, "--lang", language)
        assert ran.status == 1
        assert words(language)("error.snapshot_of_portfolio") in ran.err
    assert library.names() == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("argv", "key"),
    [
        *(((name,), "portfolio_format") for name in ("json", "xlsx", "csv", "md", "ics", "svg")),
        *(
            (("html", *more), "portfolio_alone")
            for more in (
                ("acme",), ("--all",), ("--watch",), ("--at", "yesterday"), ("--stages", "1"), ("--brief",),
                ("--history",), ("--watch", "--reload", "5"),
            )
        ),
    ],
)  # fmt: skip
@pytest.mark.quick_cases(5)
def test_other_choices_are_refused_with_words(
    library: Library, capsys: Capture, argv: tuple[str, ...], key: str, language: Language
) -> None:
    ran = run(capsys, "export", *argv, "--portfolio", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert letters(words(language)(f"error.{key}", name=argv[0])) in letters(ran.err)
    assert [*Path.cwd().iterdir()] == []


def test_an_unknown_format_and_none_are_refused(library: Library, capsys: Capture) -> None:
    for argv in (("nothing",), ()):
        assert run(capsys, "export", *argv, "--portfolio").status == 2
