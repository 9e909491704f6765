"""The commands, in this process; test_cli_process.py runs them as programs."""

import io
import json
import sys
from pathlib import Path

import pytest

from commanding import ARGUMENTS, Capture, edited, good, run, settle, stored
from lfroadmap import __version__
from lfroadmap.cli.arguments import COMMON, LANGUAGE
from lfroadmap.errors import UsageError
from lfroadmap.export import FORMATS
from lfroadmap.roadmap import templates
from lfroadmap.store.library.library import Library
from lfroadmap.words import LANGUAGES, words


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return settle(tmp_path, monkeypatch)


def test_the_version(capsys: Capture) -> None:
    assert good(capsys, "--version") == f"lfroadmap {__version__}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_option_and_format(capsys: Capture, language: str) -> None:
    general = good(capsys, "--help", "--lang", language)
    for option in [name for argument in (LANGUAGE, *COMMON) for name in argument.names]:
        assert option in general
    for command, arguments in ARGUMENTS.items():
        printed = good(capsys, command, "--help", "--lang", language)
        assert printed == good(capsys, "help", command, "--lang", language)
        assert f"lfroadmap {command}" in printed
        assert command == "open" or f"lfroadmap {command}" in general
        shown = printed
        for written, name in (
            ("bash|zsh|fish", "SHELL"),
            (f"{command} add TITLE", "VERB WORDS"),
            ("templates show", "VERB"),
            ("people rename OLD NEW", "VERB WORDS"),
            ("calc funnel COUNT", "VERB WORDS"),
            ("measure SOURCE", "WORDS"),
            ("serve token add NAME", "WORDS"),
        ):
            shown = shown.replace(written, name)
        for argument in arguments:
            for name in argument.names:
                assert (name if name.startswith("-") else name.upper()) in shown
    assert all(name in good(capsys, "help", "export", "--lang", language) for name in FORMATS)
    assert f"lfroadmap new {templates.DEFAULT}" in words("en")("cli.none")


@pytest.mark.parametrize(
    "argv",
    [
        ["--lang", "fr"], ["--lang"], ["list", "--data-dir"], ["export"], ["export", "docx"], ["new"],
        ["import"], ["list", "more"], ["list", "--xml"], ["show", "--json=yes"], ["help", "nothing"],
        ["--nothing"], ["a", "b"], ["list", "--js"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(5)
def test_what_is_not_understood_is_told_with_status_2(
    capsys: Capture, home: Path, argv: list[str], language: str
) -> None:
    edited(home, "plan")
    ran = run(capsys, "--lang", language, *argv)
    assert (ran.status, ran.out) == (UsageError.exit_code, "")
    assert ran.err.startswith("lfroadmap: ")
    assert "--help" in ran.err
    if argv[0] != "--lang":
        assert any("א" <= c <= "ת" for c in ran.err) == (language == "he")


def test_the_screen_needs_a_terminal(capsys: Capture, home: Path) -> None:
    ran = run(capsys)
    assert (ran.status, ran.out) == (2, "")
    assert "terminal" in ran.err
    assert not (home / "data").exists()


def test_new_makes_a_roadmap_and_never_changes_one(capsys: Capture, home: Path) -> None:
    printed = good(capsys, "new", "Q3 plan")
    path = home / "data" / "roadmaps" / "Q3 plan.roadmap"
    assert str(path) in printed
    assert stored(home, "Q3 plan").template == templates.DEFAULT
    before = path.read_bytes()
    ran = run(capsys, "new", "Q3 plan")
    assert (ran.status, ran.out) == (1, "")
    assert "Q3 plan" in ran.err
    assert path.read_bytes() == before


def test_two_new_roadmaps_are_not_the_same_one(capsys: Capture, home: Path) -> None:
    good(capsys, "new", "a")
    good(capsys, "new", "b")
    assert stored(home, "a").id != stored(home, "b").id


def test_an_unknown_template_is_told(capsys: Capture, home: Path) -> None:
    ran = run(capsys, "new", "a", "--template", "../../etc/passwd")
    assert ran.status == 1
    assert templates.DEFAULT in ran.err
    assert not (home / "data").exists()


def test_list_tells_where_each_stands(capsys: Capture, home: Path) -> None:
    assert str(home / "data") in good(capsys, "list")
    edited(home, "acme")
    good(capsys, "new", "fresh")
    Library(home / "data").remember("acme", "kpis")
    lines = good(capsys, "list").splitlines()
    assert lines[0].startswith("* acme") and "Acme" in lines[0]
    assert lines[1].startswith("  fresh") and " 0 %" in lines[1]
    rows = json.loads(good(capsys, "list", "--json"))
    assert [(row["name"], row["done"], row["last"]) for row in rows] == [
        ("acme", 1, True),
        ("fresh", 0, False),
    ]
    assert rows[0]["path"] == str(home / "data" / "roadmaps" / "acme.roadmap")
    assert rows[0]["total"] == rows[1]["total"] > 1


def test_list_goes_on_past_a_damaged_file(capsys: Capture, home: Path) -> None:
    good(capsys, "new", "a")
    broken = home / "data" / "roadmaps" / "b.roadmap"
    broken.write_bytes(b"no roadmap at all" * 1000)
    good(capsys, "new", "c")
    listed = run(capsys, "list")
    lines = listed.out.splitlines()
    assert len(lines) == 3 and listed.status == 1
    assert str(broken) in lines[1] and words("en").plural("portfolio.unread", 1) in listed.err
    plain = run(capsys, "list", "--json")
    assert "error" in json.loads(plain.out)[1]
    assert plain.status == 1 and str(broken) in plain.err
    assert broken.read_bytes() == b"no roadmap at all" * 1000


def test_show_prints_the_report(capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    edited(home, "acme")
    printed = good(capsys, "show")
    assert "Acme" in printed and "דנה לוי" in printed and "\x1b" not in printed
    assert max(map(len, printed.splitlines())) <= 100
    assert "דנה לוי" in good(capsys, "show", "acme", "--lang", "he")


def test_show_as_json_is_the_export(capsys: Capture, home: Path) -> None:
    edited(home, "acme")
    printed = good(capsys, "show", "--json")
    assert json.loads(printed)["roadmap"]["title"] == "Acme"
    assert printed == good(capsys, "export", "json", "-o", "-")


@pytest.mark.parametrize("wanted", sorted(FORMATS.keys() - {"pdf"}))
@pytest.mark.quick_cases(3)
def test_an_export_tells_its_path_and_never_overwrites(capsys: Capture, home: Path, wanted: str) -> None:
    edited(home, "acme")
    path = Path(good(capsys, "export", wanted).rstrip("\n"))
    assert path.parent == home / "here"
    assert path.name.startswith("acme-") and path.name.endswith(FORMATS[wanted].suffix)
    path.write_text("mine")
    ran = run(capsys, "export", wanted)
    assert (ran.status, ran.out, path.read_text()) == (1, "", "mine")
    assert path.name in ran.err and "--force" in ran.err
    assert good(capsys, "export", wanted, "--force").rstrip("\n") == str(path)
    assert path.stat().st_size > 30  # the heads of a table of which nothing is in it yet


@pytest.mark.parametrize("wanted", ["json", "csv", "csv-cards", "csv-kpis", "svg"])
def test_the_standard_output_gets_what_the_file_gets(capsys: Capture, home: Path, wanted: str) -> None:
    edited(home, "acme")
    path = Path(good(capsys, "export", wanted).rstrip("\n"))
    assert path.read_bytes().decode() == good(capsys, "export", wanted, "-o", "-")


def test_an_export_goes_where_it_is_told(capsys: Capture, home: Path) -> None:
    edited(home, "acme")
    assert good(capsys, "export", "json", "acme", "-o", "x.json") == f"{home / 'here' / 'x.json'}\n"
    ran = run(capsys, "export", "json", "--output", "nowhere/x.json")
    assert (ran.status, ran.out) == (1, "")
    assert "nowhere" in ran.err


@pytest.mark.parametrize("wanted", ["html", "json"])
def test_an_import_brings_all_of_it_back(capsys: Capture, home: Path, wanted: str) -> None:
    made = edited(home, "acme")
    path = good(capsys, "export", wanted, "--lang", "he").rstrip("\n")
    printed = good(capsys, "import", path, "--name", "from Dana")
    assert str(home / "data" / "roadmaps" / "from Dana.roadmap") in printed
    assert stored(home, "from Dana") == made
    assert run(capsys, "import", path, "--name", "acme").status == 1
    assert "acme-2" in good(capsys, "import", path)
    assert stored(home, "acme-2") == made


def test_an_import_reads_the_standard_input(
    capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = edited(home, "acme")
    snapshot = good(capsys, "export", "json", "-o", "-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(snapshot.encode())))
    good(capsys, "import", "-")
    assert stored(home, "imported") == made


@pytest.mark.parametrize("source", ["nowhere.json", "broken.json", "."])
def test_what_cannot_be_imported_is_told(capsys: Capture, home: Path, source: str) -> None:
    Path("broken.json").write_text('{"format": "lfroadmap",')
    ran = run(capsys, "import", source)
    assert (ran.status, ran.out) == (1, "")
    assert source in ran.err or str(Path(source).absolute()) in ran.err
    assert Library(home / "data").names() == ()


def test_a_name_that_cannot_be_is_told_before_anything_is_read(capsys: Capture) -> None:
    ran = run(capsys, "import", "nowhere.json", "--name", "a/b")
    assert "a/b" in ran.err
    assert "nowhere" not in ran.err


def test_path_is_that_of_the_last_roadmap_or_of_the_one_named(capsys: Capture, home: Path) -> None:
    good(capsys, "new", "a")
    good(capsys, "new", "b")
    Library(home / "data").remember("a", "kpis")
    assert good(capsys, "path") == f"{home / 'data' / 'roadmaps' / 'a.roadmap'}\n"
    assert good(capsys, "path", "b") == f"{home / 'data' / 'roadmaps' / 'b.roadmap'}\n"


@pytest.mark.parametrize("argv", [["show"], ["path"], ["export", "json"]])
def test_what_is_not_there_is_told(capsys: Capture, argv: list[str]) -> None:
    ran = run(capsys, *argv)
    assert ran.status == 1
    assert "lfroadmap new" in ran.err
    good(capsys, "new", "here")
    ran = run(capsys, *argv, "elsewhere")
    assert ran.status == 1
    assert "elsewhere" in ran.err and "here" in ran.err


def test_lang_and_data_dir_stand_before_or_after(capsys: Capture, home: Path) -> None:
    other = str(home / "other")
    good(capsys, "--data-dir", other, "new", "a")
    assert good(capsys, "path", "--data-dir", other) == f"{other}/roadmaps/a.roadmap\n"
    assert good(capsys, "show", "--lang=he", "--data-dir", other) == good(
        capsys, "--lang", "he", f"--data-dir={other}", "show"
    )
    assert not (home / "data").exists()


def test_the_language_is_told_then_set_then_the_locales(
    capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hebrew, english = (words(language)("cli.help").rstrip("\n") + "\n" for language in ("he", "en"))
    assert good(capsys, "--help") == english
    monkeypatch.setenv("LANG", "he_IL.UTF-8")
    assert good(capsys, "--help") == hebrew
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('language = "en"\n')
    assert good(capsys, "--help") == english
    assert good(capsys, "--help", "--lang", "he") == hebrew
    assert any("א" <= c <= "ת" for c in run(capsys, "list", "--bad", "--lang", "he").err)


def test_broken_settings_are_told_and_the_version_still_is(capsys: Capture, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("language = he\n")
    ran = run(capsys, "list")
    assert (ran.status, ran.out) == (1, "")
    assert "line 1" in ran.err
    good(capsys, "--version")
    help_ = words("en")("cli.help").rstrip("\n") + "\n"
    assert good(capsys, "--help") == good(capsys, "help") == help_


def test_messages_cannot_steer_the_terminal(capsys: Capture) -> None:
    good(capsys, "new", "a")
    for argv in (["show", "\x1b[2Jx"], ["import", "\x1b]0;x\x07.json"], ["export", "\x9b2J"]):
        assert (ran := run(capsys, *argv)).status != 0
        assert "\x1b" not in ran.err and "\x9b" not in ran.err


@pytest.mark.parametrize(
    ("file", "name"), [("export", "export-plan"), ("con", "con-plan"), ("...", "imported")]
)
def test_an_import_finds_a_name_that_can_be(capsys: Capture, home: Path, file: str, name: str) -> None:
    made = edited(home, "acme")
    Path(f"{file}.json").write_text(good(capsys, "export", "json", "-o", "-"))
    good(capsys, "import", f"{file}.json")
    assert stored(home, name) == made


def test_a_mistyped_command_is_no_roadmap(capsys: Capture) -> None:
    good(capsys, "new", "plan")
    ran = run(capsys, "shwo")
    assert ran.status == 1 and "There is no roadmap “shwo”" in ran.err
