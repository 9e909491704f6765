"""Bringing what changed in a template into a roadmap: what is new comes, what people did stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from commanding import settle
from examples import examples
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetRow, Tick
from lfroadmap.roadmap.model import Field, Kpi, Roadmap, Task
from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.own_templates.node_words import is_filled
from lfroadmap.roadmap.own_templates.updating import Origins, TemplateUpdate, update
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import descendants, find
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.usecases.creating import new_roadmap
from lfroadmap.usecases.template_updates import templates_in, update_of
from lfroadmap.words import LANGUAGES, Language
from own_templates import SMALL, put_template, worked_on

CALL, WRITE = "first.meet.call", "first.meet.write"
LINE = '  { id = "call", en = "Call them", he = "להתקשר" },\n'


class Plan:
    """A roadmap of the small template in its file."""

    def __init__(self, home: Path, template: str = "small", language: Language = "en") -> None:
        self.library = Library(home / "data")
        self.path = self.library.create("plan", new_roadmap("plan", template, language), "dana")

    @property
    def roadmap(self) -> Roadmap:
        return read(self.path)

    def do(self, *edits: Edit, undo: int = 0) -> None:
        store = Store(self.path, "dana")
        store.start(lambda event: None)
        for edit in edits:
            store.submit(edit)
            store.end_burst()
        store.flush()
        for _ in range(undo):
            store.undo()
            store.flush()
        store.close()

    def update(self, template: str = "small", language: Language = "en") -> TemplateUpdate:
        return update_of(self.roadmap, self.path, template, language)

    def apply(self) -> TemplateUpdate:
        found = self.update()
        self.do(found.edit)
        return found


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    settle(tmp_path, monkeypatch)
    put_template("small")
    return Plan(tmp_path)


def rewrite(*changes: tuple[str, str]) -> None:
    source = SMALL
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    put_template("small", source)


def said(found: TemplateUpdate) -> list[tuple[str, str]]:
    return [(change.word, change.node.id) for change in found.changes]


def text_of(roadmap: Roadmap, node_id: str) -> object:
    place = find(roadmap, node_id)
    assert isinstance(place and place.node, Task)
    return place.node.text  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_roadmap_is_as_its_template_in_either_language(plan: Plan, language: Language) -> None:
    found = plan.update(language=language)
    assert (found.changes, found.edit.edits) == ((), ())


def test_what_is_new_comes_to_its_place(plan: Plan) -> None:
    rewrite((LINE, LINE + '  { id = "visit", en = "Visit them" },\n'))
    assert said(plan.apply()) == [("added", "first.meet.visit")]
    card = plan.roadmap.stages[0].cards[0]
    assert [task.id for task in card.tasks] == [CALL, "first.meet.visit", WRITE]
    assert plan.update().changes == ()


def test_a_text_that_nobody_changed_follows_the_template(plan: Plan) -> None:
    rewrite(("Call them", "Ring them"))
    (change,) = plan.update().changes
    assert (change.word, change.before, change.after) == ("changed", "Call them", "Ring them")
    plan.apply()
    assert text_of(plan.roadmap, CALL) == "Ring them"
    rewrite(("Call them", "Phone them"))
    plan.apply()
    assert text_of(plan.roadmap, CALL) == "Phone them", "what an update wrote is no person's"


def test_a_persons_text_stays_and_that_is_said(plan: Plan) -> None:
    plan.do(Rename(CALL, "Mine"))
    rewrite(("Call them", "Ring them"))
    found = plan.apply()
    assert [(each.word, each.before, each.after) for each in found.kept] == [
        ("kept_text", "Mine", "Ring them")
    ]
    assert found.edit.edits == ()
    assert text_of(plan.roadmap, CALL) == "Mine"


def test_a_text_that_a_person_took_back_follows_again(plan: Plan) -> None:
    plan.do(Rename(CALL, "Mine"), undo=1)
    rewrite(("Call them", "Ring them"))
    plan.apply()
    assert text_of(plan.roadmap, CALL) == "Ring them"


def test_what_the_template_has_no_more_goes_only_without_work(plan: Plan) -> None:
    rewrite((LINE, ""), ('  { id = "write", he = "לכתוב" },\n', ""))
    plan.do(Tick(WRITE, True, "2026-03-01"))
    found = plan.apply()
    assert said(found) == [("removed", CALL), ("kept_work", WRITE)]
    assert [task.id for task in plan.roadmap.stages[0].cards[0].tasks] == [WRITE]


def test_a_card_with_a_task_of_a_person_is_kept(plan: Plan) -> None:
    plan.do(Add(Task("own", "Mine"), "first.meet"))
    start, end = SMALL.index("[[stages.cards]]"), SMALL.index("[[kpis]]")
    put_template("small", SMALL[:start] + SMALL[end:])
    found = plan.apply()
    assert ("kept_work", "first.meet") in said(found)
    assert find(plan.roadmap, "own")


def test_what_a_person_removed_stays_away(plan: Plan) -> None:
    plan.do(Remove(CALL))
    found = plan.apply()
    assert said(found) == [("removed_here", CALL)]
    assert find(plan.roadmap, CALL) is None


def test_what_was_undone_is_offered_again(plan: Plan) -> None:
    rewrite((LINE, LINE + '  { id = "visit", en = "Visit them" },\n'))
    plan.do(plan.update().edit, undo=1)
    assert find(plan.roadmap, "first.meet.visit") is None, "one step took it back"
    assert said(plan.update()) == [("added", "first.meet.visit")]


TWO_CARDS = SMALL.replace(
    "[[kpis]]", '[[stages.cards]]\nid = "late"\ntitle = { en = "Later" }\n[[kpis]]'
)  # fmt: skip


def test_a_card_moves_with_the_template_unless_a_person_moved_it(plan: Plan, tmp_path: Path) -> None:
    more = TWO_CARDS.replace("[[kpis]]", '[[stages]]\nid = "second"\ntitle = { en = "Second" }\n[[kpis]]')
    put_template("small", more)
    plan.apply()
    moved = more.replace('[[stages.cards]]\nid = "late"\ntitle = { en = "Later" }\n', "").replace(
        '{ en = "Second" }\n',
        '{ en = "Second" }\n[[stages.cards]]\nid = "/first.late"\ntitle = { en = "Later" }\n',
    )
    put_template("small", moved)
    assert said(plan.apply()) == [("moved", "first.late")]
    assert [card.id for card in plan.roadmap.stages[1].cards] == ["first.late"]
    plan.do(Move("first.late", "first", ""))
    assert plan.update().changes == (), "the person's place counts"


def test_the_order_follows_the_template_unless_a_person_made_another(plan: Plan) -> None:
    write = '  { id = "write", he = "לכתוב" },\n'
    rewrite((LINE + write, write + LINE))
    found = plan.update()
    assert [each.word for each in found.changes] == ["reordered"]
    plan.do(Move(CALL, "first.meet", WRITE), Move(CALL, "first.meet", ""))
    assert plan.update().changes == ()


def test_a_field_of_another_kind_keeps_its_value(plan: Plan) -> None:
    plan.do(SetField("first.meet.owner", "Dana"))
    rewrite(('kind = "text", role = "owner"', 'kind = "long"'))
    plan.apply()
    field = plan.roadmap.stages[0].cards[0].fields[0]
    assert (field.kind, field.role, field.value) == ("long", "", "Dana")


@pytest.mark.parametrize(
    ("rate", "kind", "word"), [("40%", "funnel", "kept_text"), ("", "pipeline", "changed")]
)
def test_a_calculator_of_another_kind_hides_nothing_that_is_filled_in(
    plan: Plan, rate: str, kind: str, word: str
) -> None:
    plan.do(SetRow("first.meet.steps.all", "count", "7"), SetRow("first.meet.steps.all", "rate", rate))
    rewrite(('kind = "funnel"', 'kind = "pipeline"'))
    found = plan.apply()
    assert [(each.word, each.attribute) for each in found.changes] == [(word, "kind")]
    calculator = plan.roadmap.stages[0].cards[0].calculators[0]
    assert (calculator.kind, calculator.rows[0].count, calculator.rows[0].rate) == (kind, "7", rate)


def test_a_roadmap_of_no_such_template_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(RoadmapError) as caught:
        plan.update("sales-pipeline")
    assert caught.value.key == "template_unrelated"
    assert templates_in(plan.roadmap, ("small",)) == ("small",)
    assert templates_in(plan.roadmap, ()) == (), "its file is gone"


def test_a_built_in_template_that_has_more_than_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a roadmap of an older version: it lacks a task, and has one that there is no more."""
    settle(tmp_path, monkeypatch)
    whole = templates.load("sales-pipeline").roadmap("r")
    card = whole.stages[0].cards[0]
    older = Remove(card.tasks[1].id).on(Add(Task(f"{card.id}.gone"), card.id).on(whole))
    library = Library(tmp_path / "data")
    path = library.create("old", older, "dana")
    found = update_of(older, path, "sales-pipeline", "he")
    assert said(found) == [("added", card.tasks[1].id), ("removed", f"{card.id}.gone")]
    assert found.edit.on(older).stages == whole.stages


def everything_from(roadmap: Roadmap, template: str) -> Origins:
    """As if the roadmap had just been made of the template."""
    values = {
        (node.id, name): frozenset([getattr(node, name)])
        for node, _ in descendants(roadmap)
        for name in type(node).__dataclass_fields__
    }
    ids = frozenset(node.id for node, _ in descendants(roadmap))
    return Origins(values, ids, frozenset(), frozenset())


NOBODY = Origins({}, frozenset(), frozenset(), frozenset())


def updated(now: Roadmap, then: Roadmap, origins: Callable[[Roadmap, str], Origins]) -> Roadmap:
    template = {each: then for each in LANGUAGES}
    found = update(now, template, then.template, origins(now, ""), "en")
    made = found.edit.on(now)
    again = update(made, template, then.template, origins(made, ""), "en")
    assert again.edit.edits == (), "once is enough"
    assert found.edit.inverse(now).on(made) == now
    return made


@given(worked_on(), worked_on())
@settings(examples(60), phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])
def test_an_update_never_loses_what_people_filled_in(now: Roadmap, then: Roadmap) -> None:
    made = updated(now, then, everything_from)
    there = {node.id: node for node, _ in descendants(made)}
    for node, _ in descendants(now):
        if is_filled(node) and isinstance(node, Field | Task | Kpi):
            kept = there[node.id]
            for name in ("value", "done", "due", "current"):
                assert getattr(kept, name, None) == getattr(node, name, None)


@pytest.mark.proof
@given(worked_on(), worked_on())
@settings(
    max_examples=30, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow], deadline=None
)
def test_an_update_of_what_people_made_removes_nothing(now: Roadmap, then: Roadmap) -> None:
    made = updated(now, then, lambda roadmap, name: NOBODY)
    assert {node.id for node, _ in descendants(now)} <= {node.id for node, _ in descendants(made)}


def test_a_template_of_the_same_name_makes_equal_values_in_either_language() -> None:
    import tomllib

    template = OwnTemplate("small", tomllib.loads(SMALL))
    hebrew = template.roadmap("r", "he")
    found = update(
        hebrew,
        {each: template.roadmap("r", each) for each in LANGUAGES},
        "small",
        everything_from(hebrew, ""),
        "en",
    )
    assert found.changes == ()
