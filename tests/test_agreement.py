"""Lists that must say the same: the two languages, and the code with its words."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from importlib.resources import files
from string import Formatter

import pytest

from commanding import ARGUMENTS
from lfroadmap import errors
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS
from lfroadmap.ui.commands import COMMANDS as SCREEN_COMMANDS
from lfroadmap.words import LANGUAGES, Language, words
from source import modules, nodes

EN, HE = words("en").table, words("he").table
FORMS = ("one", "two", "many")
ERRORS = {
    name
    for name, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, RoadmapError)
}  # fmt: skip

each_language = pytest.mark.parametrize("language", LANGUAGES)


def holes(text: str) -> set[str]:
    """Names of the facts that a text takes."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert set(EN) == set(HE)
    assert EN.keys() == HE.keys()


@each_language
def test_no_text_is_empty(language: Language) -> None:
    assert [key for key, text in words(language).table.items() if not text.strip()] == []


def test_both_languages_take_the_same_facts() -> None:
    # `one task` and `משימה אחת` may leave the number out, or say it
    free = {key: {"n"} if key.endswith((".one", ".two")) else set() for key in EN}
    assert [key for key in EN if holes(EN[key]) - free[key] != holes(HE[key]) - free[key]] == []


@each_language
def test_forms_of_number_are_complete(language: Language) -> None:
    table = words(language).table
    stems = {key.rpartition(".")[0] for key in table if key.rpartition(".")[2] in FORMS}
    missing = [stem for stem in stems if not {f"{stem}.one", f"{stem}.many"} <= table.keys()]
    assert missing == []
    assert [stem for stem in stems if "n" not in holes(table[f"{stem}.many"])] == []


def test_no_hebrew_in_english_but_the_name_of_the_language() -> None:
    assert {key for key, text in EN.items() if re.search("[א-ת]", text)} <= {"command.language"}


# ------------------------------------------------------------------ what the code asks for


def called(node: ast.Call) -> str:
    """The last name of what is called: `raise errors.BrokenStore(...)` -> BrokenStore."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Every call in the source, with its module."""
    return tuple((path, node) for path in modules() for node in nodes(path, ast.Call))


def constants(node: ast.expr) -> list[str]:
    """The strings that an argument can be, where the call itself has it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return []


def given(node: ast.Call) -> set[str] | None:
    """Names of the facts of a call, or None where the call itself lacks some."""
    names = {keyword.arg for keyword in node.keywords}
    return None if None in names else {name for name in names if name is not None}


@cache
def raised() -> list[tuple[str, str, set[str] | None]]:
    """Place, key and facts of every error that the code raises."""
    return [
        (f"{path}:{node.lineno}", f"error.{key}", given(node))
        for path, node in calls()
        if called(node) in ERRORS and node.args
        for key in constants(node.args[0])
    ]


@cache
def shown() -> list[tuple[str, str]]:
    """Place and key of every text that the code looks up."""
    return [
        (f"{path}:{node.lineno}", key)
        for path, node in calls()
        if called(node) in ("words", "plural") and node.args
        for key in constants(node.args[0])
        if key not in LANGUAGES
    ]


def test_the_code_was_read() -> None:
    assert {"RoadmapError", "UsageError", "BrokenSnapshot", "BrokenStore", "SaveFailed"} <= ERRORS
    assert ("error.no_template", {"name", "known"}) in [(key, facts) for _, key, facts in raised()]
    assert len(shown()) > 5


@each_language
def test_every_error_has_words_and_their_facts(language: Language) -> None:
    table = words(language).table
    assert [(where, key) for where, key, _ in raised() if key not in table] == []
    short = [
        (where, key, holes(table[key]) - facts)
        for where, key, facts in raised()
        if facts is not None and not holes(table[key]) <= facts
    ]
    assert short == []


@each_language
def test_every_text_that_is_shown_exists(language: Language) -> None:
    table = words(language).table
    missing = [(where, key) for where, key in shown() if key not in table and f"{key}.many" not in table]
    assert missing == []


def test_every_dotted_name_of_a_table_is_a_text_or_begins_one() -> None:
    tables = "|".join({key.split(".")[0] for key in EN})
    named = [key for key in strings() if re.fullmatch(rf"({tables})(\.[a-z_0-9]+)+", key)]
    named = [key for key in named if not key.endswith((".css", ".html", ".json", ".md", ".tcss", ".toml"))]
    named = [key for key in named if key not in {command.action for command in SCREEN_COMMANDS}]
    assert [key for key in named if not any(other.startswith(key) for other in EN)] == []


@cache
def strings() -> frozenset[str]:
    """All strings of the code that are not docstrings."""
    out = set()
    for path in modules():
        docstrings = {id(node.value) for node in nodes(path, ast.Expr)}
        out |= {
            node.value
            for node in nodes(path, ast.Constant)
            if isinstance(node.value, str) and id(node) not in docstrings
        }
    return frozenset(out)


def patterns() -> list[re.Pattern[str]]:
    """What the code's f-strings that hold a constant part can come to."""
    found = []
    for path in modules():
        for node in nodes(path, ast.JoinedStr):
            if any(map(constants, node.values)):
                parts = [re.escape("".join(constants(part))) or "[a-z0-9_.-]+" for part in node.values]
                if re.search(r"[a-z_]", "".join("".join(constants(part)) for part in node.values)):
                    found.append(re.compile("".join(parts)))
    return found


def test_no_text_is_left_over() -> None:
    known, shapes = strings(), patterns()

    def used(key: str) -> bool:
        names = {key, key.removeprefix("error.")}
        stem, _, form = key.rpartition(".")
        if form in FORMS:
            names.add(stem)
        return not names.isdisjoint(known) or any(p.fullmatch(name) for name in names for p in shapes)

    assert [key for key in EN if not used(key)] == []


# ------------------------------------------------------------------ commands and formats


@each_language
def test_every_command_of_the_command_line_is_told(language: Language) -> None:
    texts = words(language)
    for command in COMMANDS:
        shown = r"\[NAME]" if command == "open" else command
        assert re.search(rf"^  lfroadmap {shown}", texts("cli.help"), re.MULTILINE)
        assert re.match(rf"lfroadmap ({command}\b|\[NAME])", texts(f"cli.help_{command}"))


@each_language
def test_every_option_is_told(language: Language) -> None:
    options = [
        (command, name)
        for command, arguments in ARGUMENTS.items()
        for argument in arguments
        for name in argument.names
        if name.startswith("-")
    ]
    help_of = {command: words(language)(f"cli.help_{command}") for command in ARGUMENTS}
    assert [(command, option) for command, option in options if option not in help_of[command]] == []


@each_language
def test_every_format_is_told(language: Language) -> None:
    texts = words(language)
    for name in FORMATS:
        assert re.search(rf"\b{name}\b", texts("cli.help_export"))
        assert re.search(rf"\b{name}\b", texts("cli.help"))


@each_language
def test_every_command_of_the_screen_has_its_words(language: Language) -> None:
    texts = words(language)
    ids = [command.id for command in SCREEN_COMMANDS]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if f"command.{name}" not in texts] == []


@each_language
def test_every_place_with_commands_has_its_heading_in_the_help(language: Language) -> None:
    places = {command.place for command in SCREEN_COMMANDS}
    assert [place for place in places if f"help.place_{place}" not in words(language)] == []


# ------------------------------------------------------------------ help


def help_text(language: Language) -> str:
    return files("lfroadmap").joinpath(f"content/help.{language}.md").read_text("utf-8")


def outline(text: str) -> list[str]:
    """The kind of each block: a heading with its level, an item, or a paragraph."""
    marks = [re.match(r"(#+|-)? ?", block) for block in re.split(r"\n(?=- )|\n\n+", text.strip())]
    return [mark[1] or "p" for mark in marks if mark]


def test_help_is_built_alike_in_both_languages() -> None:
    assert outline(help_text("he")) == outline(help_text("en"))


@each_language
def test_help_is_short_and_plain(language: Language) -> None:
    text = help_text(language)
    assert 25 <= len(text.splitlines()) <= 42
    assert text.startswith("# Liquid Funnel\n")
    assert not re.search(r"[`*|<>\[\]]|^\d+\.", text, re.MULTILINE)
    assert not re.search(r"(?i)ctrl|alt\+|F1", text), "keys stand in the table of commands"
