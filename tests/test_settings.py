import os
import string
from pathlib import Path

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.settings import Settings, config_folder, load, save
from lfroadmap.words import LANGUAGES, words
from settings_files import FULL, put

NO_KEYS = (
    ",",
    " , ",
    "strg+q",
    "ctrl+",
    "ctrl++",
    "F5",
    "Ctrl+Q",
    "esc",
    "f99",
    "ctrl+q,nonsense",
    "\\u0007",
)
"""Keys that no keyboard has, or that are called otherwise."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_no_file_means_the_defaults(folder: Path) -> None:
    assert load(folder / "nowhere") == Settings()
    assert load(folder) == Settings(None, "deep", Thresholds(34, 67), {}, "auto", "auto", None)


def test_every_setting_is_read(folder: Path) -> None:
    put(folder, FULL)
    assert load(folder) == Settings("he", "nord", Thresholds(20, 80), {"export": "f5,ctrl+e"}, "explicit")


def test_the_days_of_risk_stand_with_the_percentages(folder: Path) -> None:
    put(folder, "[thresholds]\nrisk_days = 14\n")
    assert load(folder).thresholds == Thresholds(risk_days=14)
    put(folder, "[thresholds]\nrisk_days = 366\n")
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert "0–365" in words("en").error(caught.value) and "risk_days" in words("he").error(caught.value)


def test_every_key_that_a_terminal_tells_can_be_set(folder: Path) -> None:
    sequences = [keys for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple)]
    sent = {str(getattr(key, "value", key)) for keys in sequences for key in keys}
    sent |= {_character_to_key(sign) for sign in string.ascii_letters + string.digits + string.punctuation}
    names = sorted(name for name in sent if not name.startswith("<"))  # `<scroll-up>` is no key
    put(folder, "[keys]\n" + "".join(f'k{n} = "{name}"\n' for n, name in enumerate(names)))
    assert [*load(folder).keys.values()] == names


def test_a_sign_or_a_letter_of_any_script_can_be_a_key(folder: Path) -> None:
    put(folder, "[keys]\nundo = '/, א,E ,'\n")
    assert load(folder).keys == {"undo": "/,א,E"}


def test_a_byte_order_mark_is_no_setting(folder: Path) -> None:
    put(folder, "\ufeff" + FULL)
    assert load(folder).language == "he"


@pytest.mark.parametrize(
    ("source", "key", "line"),
    [
        ('theme = "nord"\nlanguage = "fr"\n', "settings_value", 2),
        ("\n\ntheme = 4\n", "settings_value", 3),
        ('theme = ""\n', "settings_value", 1),
        ('theme = "nord"\nexport_open = "maybe"\n', "settings_value", 2),
        ("export_folder = 7\n", "settings_value", 1),
        ("[thresholds]\norange = 101\n", "settings_value", 2),
        ("[thresholds]\ngreen = true\n", "settings_value", 2),
        ("[thresholds]\norange = 70\n", "settings_value", 2),
        ("[thresholds]\nyellow = 7\n", "settings_value", 2),
        ("[thresholds]\nrisk_days = -1\n", "settings_value", 2),
        ("[thresholds]\nrisk_days = 366\n", "settings_value", 2),
        ("[thresholds]\ngreen = 67\nrisk_days = true\n", "settings_value", 3),
        ("thresholds = 4\n", "settings_value", 1),
        ("# a\n[keys]\nexport = 5\n", "settings_value", 3),
        *((f'# a\n[keys]\nquit = "{keys}"\n', "settings_value", 3) for keys in NO_KEYS),
        ('# a\nlanguge = "he"\n', "settings_unknown", 2),
        ("[colours]\n", "settings_unknown", 1),
    ],
)
def test_a_wrong_value_is_told_with_its_line(folder: Path, source: str, key: str, line: int) -> None:
    path = put(folder, source)
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert (caught.value.key, caught.value.facts["line"]) == (key, line)
    for language in LANGUAGES:
        assert str(path) in words(language).error(caught.value)


def test_what_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    put(folder, 'theme = "nord"\nlanguage = he\n')
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert caught.value.key == "settings_syntax"
    assert "line 2" in words("en").error(caught.value)


def test_bytes_that_are_no_text_are_told(folder: Path) -> None:
    (folder / "settings.toml").write_bytes(b'theme = "\xff\xfe"')
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert caught.value.key == "settings_syntax"


def test_a_folder_in_the_files_place_is_told(folder: Path) -> None:
    (folder / "settings.toml").mkdir()
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert caught.value.key == "settings_unreadable"


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(folder))
    assert config_folder() == folder
    monkeypatch.delenv("LFROADMAP_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("HOME", str(folder))
    assert folder in config_folder().parents
    assert config_folder().name == "lfroadmap"


def test_a_pipe_in_the_files_place_is_told_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "settings.toml")
    for attempt in (load, save):
        with pytest.raises(RoadmapError) as caught:
            attempt(folder)
        assert caught.value.key == "settings_endless"


# ------------------------------------------------------------------ what nobody would write

EXTREME = {
    "deep lists": "theme = " + "[" * 5000 + "]" * 5000,
    "deep tables": "theme = " + "{a=" * 5000 + "1" + "}" * 5000,
    "many digits": "theme = " + "9" * 5000,
    "many digits, parted": "theme = " + "9_" * 5000 + "9",
    "a name of many parts": "a." * 30_000 + "a = 1",
    "a table of many parts": "[" + "'a' . " * 10_000 + "a]",
}


@pytest.mark.parametrize("source", EXTREME.values(), ids=EXTREME)
def test_what_would_take_minutes_or_the_stack_is_told_with_its_line(folder: Path, source: str) -> None:
    path = put(folder, f"# mine\nbidi = 'auto'\n{source}\n")
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert (caught.value.key, caught.value.facts["line"]) == ("settings_extreme", 3)
    for language in LANGUAGES:
        assert str(path) in words(language).error(caught.value)


def test_a_file_that_is_far_too_large_is_told(folder: Path) -> None:
    put(folder, "# " + "x" * 70_000)
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert caught.value.key == "settings_large"


VALUES = (
    '""', '"x"', '"\\u0000"', '"\\u001b[31m"', "'''\nx\n'''", "1", "-1", "9" * 400, "0xff", "1e999",
    "nan", "-inf", "1.5", "true", "1979-05-27T07:32:00Z", "1979-05-27", "07:32:00", "[]", '["x"]', "[[1]]",
    "{}", "{a=1}",
)  # fmt: skip
NAMES = (*Settings.__dataclass_fields__, "thresholds.orange", "keys.export", '""', '"\\u001b"', "x" * 1000)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_every_setting_takes_any_value_of_toml_or_says_what_it_wants(folder: Path, name: str) -> None:
    for value in VALUES:
        put(folder, f"# mine\n{name} = {value}\n")
        try:
            load(folder)
        except RoadmapError as error:
            assert error.key in ("settings_value", "settings_unknown"), value
            for language in LANGUAGES:
                assert "settings.toml" in words(language).error(error)
