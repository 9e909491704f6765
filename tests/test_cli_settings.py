"""`settings`: the list, one of them, setting them; the file as a person left it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from commanding import Capture, good, run
from lfroadmap.machine import author as account
from lfroadmap.settings import load
from lfroadmap.settings.values import LONGEST_AUTHOR
from lfroadmap.usecases.author import author
from lfroadmap.usecases.settings_edits import SETTINGS
from lfroadmap.words import LANGUAGES, Language, words
from settings_files import put


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LFROADMAP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    return tmp_path / "config"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_listed_with_its_value_in_words(language: Language, capsys: Capture) -> None:
    listed = good(capsys, "settings", "--lang", language).splitlines()
    assert [line.split()[0] for line in listed] == [each.name for each in SETTINGS]
    assert all(words(language)("settings.usual") in line for line in listed)


def test_a_setting_is_written_and_its_comment_stays(config: Path, capsys: Capture) -> None:
    path = put(config, '# mine\ntheme = "nord"  # calm\n\n[thresholds]\ngreen = 80  # strict\n')
    good(capsys, "settings", "date_format", "D", "MMM", "YYYY")
    good(capsys, "settings", "author", " Dana   Levi ")
    good(capsys, "settings", "orange", "20")
    good(capsys, "settings", "keys.remove_task", "f5, d d")
    assert path.read_text("utf-8").startswith('# mine\ntheme = "nord"  # calm\n')
    assert "green = 80  # strict\n" in path.read_text("utf-8")
    found = load(config)
    assert (found.date_format, found.author, found.thresholds[:2]) == ("D MMM YYYY", "Dana Levi", (20, 80))
    assert found.keys == {"remove_task": "f5,d d"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_sets_a_key_learns_where_conflicts_are_told(
    language: Language, config: Path, capsys: Capture
) -> None:
    told = words(language)("cli.setting_keys_window")
    assert told in good(capsys, "settings", "keys.export", "ctrl+q", "--lang", language)
    assert told not in good(capsys, "settings", "keys.export", "--lang", language)
    assert told not in good(capsys, "settings", "theme", "paper", "--lang", language)
    assert json.loads(good(capsys, "settings", "keys.export", "f5", "--json"))


def test_a_default_goes_out_of_the_file(config: Path, capsys: Capture) -> None:
    path = put(config, "")
    for name, value in (("orange", "20"), ("keys.undo", "f6"), ("week_starts", "saturday")):
        good(capsys, "settings", name, value)
        good(capsys, "settings", name, "--default")
    good(capsys, "settings", "theme", "paper")
    good(capsys, "settings", "theme", "deep")
    assert path.read_text("utf-8").strip() == ""


@pytest.mark.parametrize(
    ("argv", "key"),
    [
        (("colour", "red"), "no_setting"),
        (("language", "fr"), "setting_choice"),
        (("theme", "pink"), "setting_choice"),
        (("green", "101"), "setting_number"),
        (("green", "-1"), "setting_number"),
        (("risk_days", "9" * 5000), "setting_number"),
        (("green", "33"), "setting_order"),
        (("author", "x" * (LONGEST_AUTHOR + 1)), "setting_author"),
        (("keys.undo", "strg+q"), "setting_keys"),
        (("keys.undo", "d d d"), "setting_keys"),
        (("keys.nothing", "f5"), "no_command_of_keys"),
        (("keys.tab_digit", "q"), "setting_keys_fixed"),
        (("keys.rows", "f5"), "setting_keys_fixed"),
        (("keys.undo", "f5,z"), "setting_keys_typed"),
        (("keys.keep_note", "comma"), "setting_keys_typed"),
        (("keys.add_kpi", "d d"), "setting_keys_cells"),
        (("keys.tick", "shift+a"), "setting_keys_never"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_value_is_refused_in_words(
    config: Path, argv: tuple[str, ...], key: str, language: Language, capsys: Capture
) -> None:
    ran = run(capsys, "settings", *argv, "--lang", language)
    parts = re.split(r"\{\w+\}", words(language).table[f"error.{key}"])
    assert ran.status == 2 and all(part.strip('"“ ') in ran.err for part in parts)
    assert not (config / "settings.toml").exists()


@pytest.mark.parametrize("argv", [("--default",), ("theme", "nord", "--default")])
def test_the_default_is_of_one_setting_and_takes_no_value(argv: tuple[str, ...], capsys: Capture) -> None:
    ran = run(capsys, "settings", *argv)
    assert (ran.status, "--default takes" in ran.err) == (2, True)


def test_programs_read_one_setting_or_all(capsys: Capture) -> None:
    good(capsys, "settings", "keymap", "vim")
    (row,) = json.loads(good(capsys, "settings", "keymap", "--json"))
    assert (row["value"], row["is_default"], row["choices"]) == ("vim", False, ["standard", "vim"])
    (keys,) = json.loads(good(capsys, "settings", "keys.remove_task", "--json"))
    assert keys["value"] == "delete,backspace,d d"
    rows = json.loads(good(capsys, "settings", "--json"))
    assert [each["name"] for each in rows if each["needs_restart"]] == ["bidi"]


def test_the_author_of_the_settings_is_the_one_of_changes_and_notes(capsys: Capture) -> None:
    assert author() == account()
    good(capsys, "settings", "author", "דנה לוי")
    good(capsys, "new", "plan")
    good(capsys, "note", "goals", "Called them", "--in", "plan")
    lines = json.loads(good(capsys, "history", "plan", "--json"))
    assert lines and {line["author"] for line in lines} == {"דנה לוי"}
    assert "דנה לוי" in good(capsys, "export", "md", "plan", "-o", "-")


def test_days_are_written_as_the_settings_say_and_json_stays(capsys: Capture) -> None:
    good(capsys, "new", "plan")
    good(capsys, "add", "--card", "goals", "Call", "--due", "2026-12-05", "--in", "plan")
    good(capsys, "settings", "date_format", "D/M/YYYY")
    assert "5/12/2026" in good(capsys, "show", "plan")
    assert "5/12/2026" in good(capsys, "export", "html", "plan", "-o", "-")
    for name in ("json", "csv", "ics"):
        assert "5/12/2026" not in good(capsys, "export", name, "plan", "-o", "-")
    assert "2026-12-05" in good(capsys, "show", "plan", "--json")
