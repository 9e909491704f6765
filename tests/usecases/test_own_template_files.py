"""The files of a person's own templates: each fault with its line and what to do, in both languages."""

# ruff: noqa: E501 - a line for each case

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from commanding import settle
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.templates import DEFAULT
from lfroadmap.usecases.creating import new_roadmap
from lfroadmap.usecases.known_templates import known_names, template_roadmap
from lfroadmap.usecases.own_templates import (
    LARGEST,
    BrokenTemplate,
    own_template,
    own_templates,
    usable_templates,
    write_template,
)
from lfroadmap.words import LANGUAGES, words
from own_templates import SMALL, put_template, templates_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return settle(tmp_path, monkeypatch)


def line_of(source: str, part: str) -> int:
    return source[: source.index(part)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


ISOLATES = re.compile("[\u200e\u2066-\u2069]")
CALL = '{ id = "call", en = "Call them", he = "להתקשר" },'
BROKEN: dict[str, tuple[str | bytes, str, str, str]] = {
    # the source, the part on whose line the fault is, what is said in English, and in Hebrew
    "no TOML": (changed('id = "first"', "id = first"), "id = first", "not TOML", "לא TOML"),
    "unknown key": (changed('id = "meet"', 'id = "meet"\ncolour = 1'), "colour", "“colour” is not known", "אין כאן מפתח"),
    "no id": (changed('id = "call", ', ""), "Call them", "“id” is missing", 'חסר "id"'),
    "no title": (changed('title = { en = "Meet them" }', ""), "[[stages.cards]]", "“title” is missing", "חסר"),
    "no text": (changed(CALL, '{ id = "call" },'), '{ id = "call" }', "the text is missing", "הטקסט חסר"),
    "unknown kind": (changed('kind = "choice"', 'kind = "chioce"'), "chioce", "one of: text, long", "אחד מאלה: text"),
    "unknown role": (changed('role = "owner"', 'role = "boss"'), "boss", "one of: owner, start", "אחד מאלה: owner"),
    "unknown direction": (changed('better = "up"', 'better = "more"'), "more", "one of: up, down", "אחד מאלה: up"),
    "unknown calculator": (changed('kind = "funnel"', 'kind = "sum"'), "sum", "one of: funnel", "אחד מאלה: funnel"),
    "a column of another kind": (changed('count = "100"', 'spend = "100"'), "spend", "no “spend”. Its columns: count", 'אין "spend"'),
    "an id twice": (changed('id = "write"', 'id = "call"'), "לכתוב", "is already taken on line", "כבר קיים בשורה"),
    "id of a field": (changed('id = "write"', 'id = "owner"'), "לכתוב", "is already taken on line", "כבר קיים בשורה"),
    "id with a blank": (changed('id = "meet"', 'id = "me et"'), "me et", "“me et” cannot be an id", "לא יכול לשמש מזהה"),
    "id in Hebrew": (changed('id = "meet"', 'id = "פגישה"'), "פגישה", "cannot be an id", "לא יכול לשמש מזהה"),
    "reserved id": (changed('id = "meet"', 'id = "/*"'), '"/*"', "cannot be an id", "לא יכול לשמש מזהה"),
    "empty id": (changed('id = "meet"', 'id = ""'), 'id = ""', "cannot be an id", "לא יכול לשמש מזהה"),
    "long id": (changed('id = "meet"', f'id = "{"x" * 201}"'), "xxx", "longer than 200", "ארוך מ-200"),
    "a number as a text": (changed('value = "l"', "value = 5"), "value = 5", "takes a text in quotes", "טקסט במירכאות"),
    "a number as a title": (changed('{ en = "Meet them" }', "7"), "title = 7", "in one language or both", "בשפה אחת או בשתיהן"),
    "a plain title": (changed('{ en = "Meet them" }', '"Meet"'), '"Meet"', "in one language or both", "בשפה אחת או בשתיהן"),
    "a third language": (changed('{ en = "Meet them" }', '{ fr = "M" }'), "fr", "“fr” is not a language", "אין שפה"),
    "a flag in quotes": (changed(CALL, '{ id = "call", en = "C", done = "yes" },'), "yes", "true or false", "true או false"),
    "no day": (changed(CALL, '{ id = "call", en = "C", due = "soon" },'), "soon", "takes a day", "צריך להיות תאריך"),
    "empty options": (changed('id = "size", kind = "choice"', 'id = "size", kind = "choice"').replace(
        SMALL[SMALL.index("options = ["):SMALL.index('], value')], "options = ["), "options = []", "needs options", "נחוצות אפשרויות"),
    "an option twice": (changed('{ id = "l", en', '{ id = "s", en'), "Large", "two options “s”", "שתי אפשרויות"),
    "a role twice": (changed('kind = "choice"', 'kind = "text", role = "owner"'), "Size", "already has the role “owner”", "כבר יש התפקיד"),
    "a role of another kind": (changed('"text", role = "owner"', '"date", role = "owner"'), "date", "of the kind text", "מהסוג text"),
    "no stages": ('title = { en = "A" }\nstages = []', "stages", "needs at least one", "צריך לפחות"),
    "a list as a text": (changed("tasks = [", 'notes = "none"\ntasks = ['), "none", "takes a list", "צריך להיות רשימה"),
    "an entry as a text": (changed(CALL, '"call",'), '"call",', "written in braces", "בסוגריים מסולסלים"),
    "a unit without words": (changed('{ id = "deals", en = "deals", he = "עסקאות" }', '{ id = "deals" }'), 'unit', "takes a text, as", "או מזהה עם הטקסט"),
    "words of nobody": (changed('id = "meet"', 'id = "meet"\nwords_from = "liquid-funnel/none"'), "words_from", "no built-in template", "באף תבנית מובנית"),
    "not UTF-8": (SMALL.encode() + b"\n# \xff", "", "not UTF-8", "אינו UTF-8"),
    "deep": ("a = " + "[" * 5000 + "]" * 5000, "a = ", "nested too deeply", "מקונן עמוק"),
    "a name of many parts": (".".join("a" * 100) + " = 1", "a.a", "nested too deeply", "מקונן עמוק"),
    "a long number": ("a = " + "9" * 5000, "a = ", "thousands of digits", "אלפי ספרות"),
    "empty": ("", "", "“title” is missing", 'חסר "title"'),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.quick_cases(9)
def test_a_fault_is_said_with_its_file_its_line_and_what_to_do(case: str) -> None:
    source, part, english, hebrew = BROKEN[case]
    path = put_template("broken", source)
    put_template("sound")
    with pytest.raises(RoadmapError) as caught:
        own_template("broken")
    for language, said in zip(("en", "he"), (english, hebrew), strict=True):
        text = ISOLATES.sub("", words(language).error(caught.value))
        assert str(path) in text
        assert said in text
        if part:
            assert isinstance(source, str)
            number = line_of(source, part)
            assert f"line {number}: " in text or f"שורה {number}: " in text, text
    assert caught.value.exit_code == 1
    assert [each.name for each in usable_templates()] == ["sound"], "the others can be used"
    assert template_roadmap("sound", "r", "en").stages


def test_all_faults_are_said_at_once() -> None:
    source = (
        changed('kind = "choice"', 'kind = "no"')
        .replace('better = "up"', 'better = "no"')
        .replace('id = "meet"', 'id = "?"')
    )
    put_template("broken", source)
    with pytest.raises(RoadmapError) as caught:
        own_template("broken")
    faults = caught.value.facts["faults"]
    assert isinstance(faults, tuple)
    assert [each.key for each in faults] == [
        "template_id_characters", "template_not_one_of", "template_not_one_of",
    ]  # fmt: skip
    assert [each.facts["line"] for each in faults] == sorted(
        line_of(source, part) for part in ('"?"', 'kind = "no"', 'better = "no"')
    )


def error_of(name: str) -> RoadmapError:
    (found,) = (each for each in own_templates() if each.name == name)
    assert isinstance(found, BrokenTemplate)
    for language in LANGUAGES:
        assert words(language).error(found.error)
    return found.error


def test_files_that_are_no_templates_have_their_reasons() -> None:
    put_template("sound")
    folder = templates_folder()
    (folder / "gone.toml").symlink_to(folder / "nowhere")
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    put_template("large", b"#" * (LARGEST + 1))
    put_template(DEFAULT)
    put_template("export")
    put_template("a:b")
    (folder / "note.txt").write_text("no template", "utf-8")
    (folder / ".hidden.toml").write_text("no template", "utf-8")
    keys = {each.name: each.error.key for each in own_templates() if isinstance(each, BrokenTemplate)}
    assert keys == {
        "gone": "template_link",
        "folder": "template_folder",
        "pipe": "template_endless",
        "large": "template_large",
        DEFAULT: "template_file_built_in",
        "export": "template_file_name",
        "a:b": "template_file_name",
    }
    for name in keys:
        error_of(name)
    assert [each.name for each in usable_templates()] == ["sound"]
    assert known_names().count(DEFAULT) == 1
    assert new_roadmap("plan").template == DEFAULT, "the built-in one is used"


def test_a_link_to_a_template_is_one(tmp_path: Path) -> None:
    put_template("sound").rename(tmp_path / "elsewhere.toml")
    (templates_folder() / "linked.toml").symlink_to(tmp_path / "elsewhere.toml")
    (found,) = usable_templates()
    assert found.name == "linked"
    write_template("linked", SMALL.replace("Our way", "Another way"), replace=True)
    assert (templates_folder() / "linked.toml").is_symlink()
    assert "Another way" in (tmp_path / "elsewhere.toml").read_text("utf-8")


def test_a_file_of_another_editor_is_read() -> None:
    put_template("windows", b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert isinstance(own_template("windows"), OwnTemplate)


def test_a_name_in_another_spelling_is_the_same_template() -> None:
    put_template("cafe\u0301")
    assert own_template("caf\u00e9") is not None
    assert new_roadmap("plan", "cafe\u0301").stages


def test_long_digits_in_a_text_are_no_fault() -> None:
    put_template("digits", changed('value = "l"', f'value = "{"9" * 5000} {".".join("a" * 100)}"'))
    assert isinstance(own_template("digits"), OwnTemplate)


def test_a_folder_that_cannot_be_read_hinders_nothing_else() -> None:
    """A link in a circle is one that not even root can read."""
    folder = templates_folder()
    folder.parent.mkdir(parents=True)
    folder.symlink_to(folder)
    assert error_of("templates").key == "templates_unreadable"
    assert known_names() and new_roadmap("plan").stages
    with pytest.raises(RoadmapError) as caught:
        new_roadmap("plan", "small")
    assert caught.value.key == "templates_unreadable"


def test_without_a_folder_there_are_only_the_built_in_ones() -> None:
    assert own_templates() == ()
    templates_folder().parent.mkdir(parents=True)
    templates_folder().write_text("a file", "utf-8")
    assert own_templates() == ()
    assert new_roadmap("plan").stages
