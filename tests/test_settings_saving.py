"""Saving settings: everything else in the file stays as it was."""

import tomllib
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.settings import Settings, load, save
from lfroadmap.state import ExportState
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.last_export import last_export, take_over
from settings_files import FULL, put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_saving_keeps_every_other_line(folder: Path) -> None:
    path = put(folder, FULL)
    save(folder, language="en", theme="textual-light")
    assert path.read_text("utf-8") == FULL.replace('"he"', '"en"').replace('"nord"', '"textual-light"')


def test_saving_makes_the_file_and_its_folder(folder: Path) -> None:
    save(folder / "a" / "b", language="he")
    assert (folder / "a" / "b" / "settings.toml").read_text("utf-8") == 'language = "he"\n'


def test_a_new_setting_stands_before_the_tables(folder: Path) -> None:
    path = put(folder, "# mine\n\n[thresholds]\ngreen = 80\n")
    save(folder, theme="nord")
    assert load(folder) == Settings(theme="nord", thresholds=Thresholds(34, 80))
    assert path.read_text("utf-8") == '# mine\ntheme = "nord"\n\n[thresholds]\ngreen = 80\n'


def test_none_takes_the_line_out(folder: Path) -> None:
    path = put(folder, FULL)
    save(folder, language=None)
    assert "language" not in path.read_text("utf-8")
    assert load(folder).theme == "nord"


def test_a_last_line_without_its_end_stays_whole(folder: Path) -> None:
    put(folder, 'theme = "nord"')
    save(folder, language="he")
    assert load(folder) == Settings("he", "nord")


@pytest.mark.parametrize("theme", ['a"b', "a\x7fb\nc", "a\\b", "עברית", "a#b"])
def test_any_text_comes_back(folder: Path, theme: str) -> None:
    put(folder, "theme = 'old' # note\n")
    save(folder, theme=theme)
    assert load(folder).theme == theme
    assert (folder / "settings.toml").read_text("utf-8").endswith(" # note\n")


def test_a_line_within_a_text_is_no_setting(folder: Path) -> None:
    path = put(folder, 'theme = """\nlanguage = "he"\n"""\n')
    save(folder, language="en")
    assert load(folder) == Settings("en", 'language = "he"\n')
    assert path.read_text("utf-8").startswith('theme = """\nlanguage = "he"\n"""\n')


def test_saving_keeps_names_that_are_unknown_and_the_line_ends(folder: Path) -> None:
    path = folder / "settings.toml"
    path.write_bytes(b"# mine\r\ncolour = 'red' # ours\r\n\r\n[other]\r\na.b = [1,\r\n  2]\r\n")
    save(folder, theme="nord")
    assert tomllib.loads(path.read_text("utf-8")) == {
        "colour": "red", "theme": "nord", "other": {"a": {"b": [1, 2]}}
    }  # fmt: skip
    lines = path.read_bytes().splitlines(keepends=True)
    assert lines[:2] == [b"# mine\r\n", b"colour = 'red' # ours\r\n"]
    assert all(line.endswith(b"\r\n") for line in lines)
    with pytest.raises(RoadmapError) as caught:
        load(folder)
    assert caught.value.facts["name"] == "colour"


def test_a_wrong_value_is_not_written(folder: Path) -> None:
    path = put(folder, FULL)
    with pytest.raises(RoadmapError):
        save(folder, language="fr")
    with pytest.raises(RoadmapError):
        save(folder, colour="red")
    assert path.read_text("utf-8") == FULL


def test_a_linked_file_stays_a_link_with_its_permissions(folder: Path) -> None:
    kept = folder / "dotfiles.toml"
    kept.write_text(FULL, "utf-8")
    kept.chmod(0o640)
    (folder / "settings.toml").symlink_to(kept)
    save(folder, theme="gruvbox")
    assert (folder / "settings.toml").is_symlink()
    assert tomllib.loads(kept.read_text("utf-8"))["theme"] == "gruvbox"
    assert kept.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_takes_no_file_is_told_and_nothing_is_left_behind(folder: Path) -> None:
    (folder / "config").write_text("a file where the folder should be")
    with pytest.raises(RoadmapError) as caught:
        save(folder / "config", theme="nord")
    assert caught.value.key in ("settings_unreadable", "settings_unwritable")
    assert list(folder.iterdir()) == [folder / "config"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that no one may write")
def test_a_read_only_folder_is_told() -> None:
    with pytest.raises(RoadmapError) as caught:
        save(Path("/proc/self"), theme="nord")
    assert caught.value.key == "settings_unwritable"


OLD = """\
language = "he"  # mine
export_format = "html"
export_folder = "/tmp/דוחות"
export_open = "yes"
export_long = "no"
export_stages = "r%201 strategy %D7%90"
"""


def test_the_export_choices_of_an_earlier_version_are_taken_over_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(folder, OLD)
    old = ExportState("html", "/tmp/דוחות", True, False, False, "r 1", ("strategy", "א"))
    assert load(folder) == Settings("he", old_export=old)
    library = Library(folder)
    assert last_export(load(folder), library) == old
    monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(folder))
    take_over(load(folder), library)
    assert last_export(Settings(), library) == old
    newer = ExportState("md", "/tmp")
    assert library.remember_export(newer)
    take_over(load(folder), library)
    assert last_export(load(folder), library) == newer
    assert path.read_text("utf-8") == 'language = "he"  # mine\n'
