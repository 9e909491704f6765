"""A person's own templates on the command line: where they are named, and `templates save|diff|apply`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from checked import check_schema, validate
from commanding import Capture, at_home, good, run, stored
from lfroadmap.cli.template_list import VERBS
from lfroadmap.report.template_changes import ChangeRow
from lfroadmap.roadmap.model import ATTRIBUTES, Measurement, Relation
from lfroadmap.roadmap.own_templates.updating import ChangeWord
from lfroadmap.roadmap.schema import document
from lfroadmap.roadmap.templates import load
from lfroadmap.usecases.opening import store_of
from lfroadmap.usecases.own_templates import own_template
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language
from own_templates import SMALL, put_template, shape, templates_folder

each_language = pytest.mark.parametrize("language", LANGUAGES)
CALL = '  { id = "call", en = "Call them", he = "להתקשר" },\n'
VISIT = '  { id = "visit", en = "Visit them", he = "לבקר" },\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    return tmp_path


@each_language
def test_the_list_has_own_templates_and_says_what_is_wrong_with_a_broken_one(
    capsys: Capture, language: Language
) -> None:
    put_template("small")
    put_template("broken", SMALL.replace('"funnel"', '"sum"'))
    number = SMALL[: SMALL.index('"funnel"')].count("\n") + 1
    printed = good(capsys, "templates", "--lang", language)
    assert {"en": "small · Our way · your own", "he": "הדרך שלנו · תבנית שלך"}[language] in printed
    assert "broken.toml" in printed and {"en": f"line {number}", "he": f"שורה {number}"}[language] in printed
    rows = json.loads(good(capsys, "templates", "--json", "--lang", language))
    validate(rows, SCHEMAS["templates"]())
    assert [row["own"] for row in rows].count(True) == 2
    broken, small = rows[-2:]
    assert broken.keys() == {"name", "own", "error"}
    assert (small["stages"], small["cards"], small["tasks"], small["kpis"]) == (1, 1, 2, 1)


def test_an_own_template_is_wherever_a_built_in_one_is(capsys: Capture, home: Path) -> None:
    put_template("small")
    assert "Call them" in good(capsys, "templates", "show", "small")
    assert json.loads(good(capsys, "templates", "show", "small", "--json"))["roadmap"]["stages"]
    good(capsys, "new", "plan", "--template", "small", "--lang", "he")
    plan = stored(home, "plan")
    assert (plan.title, plan.template, plan.stages[0].title) == ("plan", "small", "צעדים ראשונים")
    good(capsys, "new", "small", "--template", "small", "--lang", "he")
    assert stored(home, "small").title == "הדרך שלנו", "as with a built-in one of the same name"
    good(capsys, "new", "other")
    good(capsys, "take", "small.first.meet", "--into", "other", "--stage", "launch")
    assert stored(home, "other").stages[-1].cards[-1].title == "Meet them"
    ran = run(capsys, "templates", "show", "smal")
    assert (ran.status, "small" in ran.err) == (1, True)


def test_its_words_are_there_when_the_file_is_gone(capsys: Capture, home: Path) -> None:
    path = put_template("small")
    good(capsys, "new", "plan", "--template", "small")
    before = good(capsys, "show", "plan")
    path.unlink()
    assert good(capsys, "show", "plan") == before
    assert "Call them" in before and "Our way" not in before


def test_a_broken_one_makes_nothing(capsys: Capture, home: Path) -> None:
    put_template("broken", "x = 1")
    for argv in (
        ("new", "plan", "--template", "broken"),
        ("templates", "show", "broken"),
        ("take", "broken.a"),
    ):
        ran = run(capsys, *argv)
        assert (ran.status, ran.out) == (1, "")
        assert "line 1: “x” is not known" in ran.err
    assert not list((home / "data").rglob("*.roadmap"))
    good(capsys, "new", "plan")


def test_saved_and_made_again_it_is_the_same(capsys: Capture, home: Path) -> None:
    good(capsys, "new", "plan")
    good(capsys, "set", "--in", "plan", "strategy.goals.owner", "Dana")
    good(capsys, "tick", "--in", "plan", "strategy.goals.baselines")
    good(capsys, "note", "--in", "plan", "strategy.goals", "Ask them")
    good(capsys, "add", "--in", "plan", "--card", "strategy.goals", "Our task")
    assert "lfroadmap new plan --template ours" in good(
        capsys, "templates", "save", "ours", "--in", "plan", "--answers"
    )
    good(capsys, "new", "again", "--template", "ours", "--lang", "he")
    assert shape(stored(home, "again")) == shape(stored(home, "plan"))
    good(capsys, "templates", "save", "bare", "--in", "plan")
    good(capsys, "new", "bare plan", "--template", "bare")
    bare = stored(home, "bare plan")
    assert "Our task" in [task.text for task in bare.stages[0].cards[0].tasks]
    assert not any(task.done for task in bare.stages[0].cards[0].tasks)
    assert "Dana" not in json.dumps(document(bare, "en"))
    source = (templates_folder() / "bare.toml").read_text("utf-8")
    assert source.startswith("# A template of lfroadmap.")
    assert load("liquid-funnel").words["he"]["strategy.title"] in source, (
        "built-in words are in both languages"
    )


def test_an_existing_one_is_replaced_only_when_asked(capsys: Capture, home: Path) -> None:
    path = put_template("small")
    good(capsys, "new", "plan")
    ran = run(capsys, "templates", "save", "small", "--in", "plan")
    assert (ran.status, ran.out, path.read_text("utf-8")) == (1, "", SMALL)
    assert "--replace" in ran.err and str(path) in ran.err
    good(capsys, "templates", "save", "small", "--in", "plan", "--replace")
    template = own_template("small")
    assert template and len(template.roadmap("r", "en").stages) == 4
    assert [each.name for each in templates_folder().iterdir()] == ["small.toml"]


@pytest.mark.parametrize("name", ["liquid-funnel", "export", "a/b", "..", ".x", "x" * 300])
def test_a_name_that_none_can_have_is_refused(capsys: Capture, home: Path, name: str) -> None:
    good(capsys, "new", "plan")
    ran = run(capsys, "templates", "save", name, "--in", "plan", "--replace")
    assert (ran.status, ran.out) == (1, "")
    assert "template" in ran.err and "roadmap's name" not in ran.err
    assert not templates_folder().exists()


def test_the_difference_is_shown_and_brought_in_as_one_step(capsys: Capture, home: Path) -> None:
    put_template("small")
    good(capsys, "new", "plan", "--template", "small")
    assert "has everything as the template has it" in good(
        capsys, "templates", "diff", "small", "--in", "plan"
    )
    put_template("small", SMALL.replace(CALL, CALL.replace("Call them", "Ring them") + VISIT))
    rows = json.loads(good(capsys, "templates", "diff", "small", "--in", "plan", "--json"))
    assert [(row["change"], row["applied"], row["before"], row["after"]) for row in rows] == [
        ("changed", True, "Call them", "Ring them"),
        ("added", True, "", ""),
    ]
    validate(rows, SCHEMAS["templates-diff"]())
    before = stored(home, "plan")
    printed = good(capsys, "templates", "apply", "small", "--in", "plan", "--dry-run")
    assert "Ring them" in printed and "Visit them" in printed
    ran = run(capsys, "templates", "apply", "small", "--in", "plan")
    assert (ran.status, "apply small --in plan --yes" in ran.err) == (2, True), "nobody can be asked"
    assert stored(home, "plan") == before
    good(capsys, "templates", "apply", "small", "--in", "plan", "--yes")
    assert [task.text for task in stored(home, "plan").stages[0].cards[0].tasks] == [
        "Ring them",
        "Visit them",
        "לכתוב",
    ]
    assert "updated from the template “small” (changes: 2)" in good(capsys, "history", "plan")
    assert json.loads(good(capsys, "templates", "diff", "small", "--json")) == []
    store = store_of(next((home / "data").rglob("plan.roadmap")))
    store.start(lambda event: None)
    store.undo()
    store.flush()
    store.close()
    assert stored(home, "plan").stages == before.stages


@each_language
def test_a_preview_is_in_the_persons_language(capsys: Capture, home: Path, language: Language) -> None:
    put_template("small")
    good(capsys, "new", "plan", "--template", "small", "--lang", "he")
    put_template("small", SMALL.replace(CALL, VISIT))
    printed = good(capsys, "templates", "apply", "small", "--in", "plan", "--dry-run", "--lang", language)
    for text in {"en": ("Will be added: 1", "Will be removed"), "he": ("יתווסף: 1", "יוסר, כי אינו עוד")}[
        language
    ]:
        assert text in printed
    assert "לבקר" in printed and "Visit" not in printed, "the roadmap's texts are in Hebrew"


@pytest.mark.parametrize(
    ("argv", "status", "message"),
    [
        (("templates", "save"), 2, "“templates save” needs NAME"),
        (("templates", "apply"), 2, "“templates apply” needs NAME"),
        (("templates", "diff", "none"), 1, "There is no template named “none”"),
        (("templates", "diff", "sales-pipeline"), 1, "Nothing in “plan” is from the template"),
        (("templates", "save", "x", "--in", "nobody"), 1, "nobody"),
        (("templates", "show", "sales-pipeline", "--replace"), 2, "--replace"),
        (("templates", "--answers"), 2, "--answers"),
        (("templates", "save", "x", "--json"), 2, "--json"),
    ],
)
def test_what_cannot_be_is_answered(
    capsys: Capture, argv: tuple[str, ...], status: int, message: str
) -> None:
    good(capsys, "new", "plan")
    ran = run(capsys, *argv)
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err


@pytest.mark.parametrize("verb", VERBS)
def test_help_names_every_verb(capsys: Capture, verb: str) -> None:
    for language in LANGUAGES:
        assert f"lfroadmap templates {verb} NAME" in good(capsys, "help", "templates", "--lang", language)


def test_a_shell_completes_own_templates_and_the_options_of_a_verb(capsys: Capture) -> None:
    put_template("small")
    put_template("broken", "x = 1")

    def offered(*line: str) -> list[str]:
        printed = good(capsys, "completion", "--words", "\n".join(["lfroadmap", *line, "."]))
        return [each.split("\t")[0] for each in printed.splitlines()]

    assert "small" in offered("new", "plan", "--template", "sm")
    assert "small" in offered("templates", "show", "sm")
    assert "small.first.meet" in offered("take", "small.first.")
    assert offered("templates", "a") == ["apply"]
    options = offered("templates", "apply", "small", "--")
    assert {"--dry-run", "--yes", "--in"} <= {*options} and "--answers" not in options
    assert "--json" in offered("templates", "show", "small", "--j")


def test_a_start_reads_none_of_it() -> None:
    """What every start imports, the screen's first picture included, leaves own templates alone."""
    program = (
        "import sys, lfroadmap.main, lfroadmap.ui.app\n"
        "import lfroadmap.usecases.opening, lfroadmap.usecases.creating\n"
        "print([name for name in sys.modules if 'own_templates' in name or 'known_templates' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_schema_of_a_difference_knows_every_change_and_every_kind(capsys: Capture, home: Path) -> None:
    schema = json.loads(good(capsys, "schema", "templates-diff"))
    check_schema(schema)
    known = schema["items"]["properties"]
    assert known.keys() == {*schema["items"]["required"]} == ChangeRow.__annotations__.keys()
    assert tuple(known["change"]["enum"]) == get_args(ChangeWord)
    in_templates = {*ATTRIBUTES} - {Measurement, Relation}  # which belong to no template
    assert {*known["kind"]["enum"]} == {kind.__name__.lower() for kind in in_templates}
