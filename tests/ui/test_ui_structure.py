"""Any change of structure through the one door shows at once, and the focus stays where it can."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Edit, Rename, SetField
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import LAST, Add, Move, Remove
from lfroadmap.ui.context import COMMANDED
from matrices import quick_first
from sitting import Sitting, sitting
from terminal import keys
from test_ui_windows import settled, two


def plan() -> Roadmap:
    def card(name: str) -> Card:
        fields = (Field(f"{name}f", label=f"First {name}"), Field(f"{name}g", label=f"Second {name}"))
        return Card(name, f"Card {name}", fields, (Task(f"{name}t", f"task {name}"),))

    stages = tuple(Stage(f"s{n}", f"Stage {n}", (card(f"a{n}"), card(f"b{n}"))) for n in range(3))
    return Roadmap("r", "Plan", "", stages, (Kpi("k", "kpi", "", "", ""),))


async def titles(at: Sitting) -> list[str]:
    """The heads of the cards that are on the screen, in the order of the focus."""
    await at.pause()
    return [pane.panel_title for pane in at.app.main.host.panes[at.app.main.host.tab].query("CardPane")]


async def test_a_card_that_is_added_stands_on_its_stage(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        at.app.change(Add(Card("new", "Brand new", (Field("nf", label="Its field"),)), "s0", "a0"))
        assert await titles(at) == ["Card a0", "Brand new", "Card b0"]
        assert "Its field" in at.text
        assert at.focus == "a0f"
        await at.app.main.go("nf")
        await at.type("mine")
        assert await at.stored("nf") == "mine"


async def test_a_field_that_is_added_can_be_filled_in_and_the_others_keep_what_is_in_them(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type("typed")
        at.app.change(Add(Field("x", "long", label="Long one"), "a0", "a0f"))
        await at.pause()
        assert "Long one" in at.text
        assert at.focus == "a0f"
        await at.type("!\tin it")
        assert await at.stored("a0f") == "typed!"
        assert await at.stored("x") == "in it"


async def test_the_open_stage_can_go(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+3")
        at.app.change(Remove("s1"))
        await at.type("\x1b[6;5~")
        await at.pause()
        assert at.tab in {"overview", "s0", "s2", "kpis"}
        assert "Stage 1" not in at.text
        at.app.session.store.undo()
        await at.until(lambda: "Stage 1" in at.text)
        await at.app.main.go("a1f")
        assert at.tab == "s1"


async def test_stages_cards_and_fields_move(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        at.app.change(Move("a0", "s0", "b0"))
        assert await titles(at) == ["Card b0", "Card a0"]
        assert at.focus == "a0f"
        at.app.change(Move("b0", "s1", LAST))
        assert await titles(at) == ["Card a0"]
        at.app.change(Move("a0g", "a0", ""))
        await at.pause()
        assert at.text.index("Second a0") < at.text.index("First a0")
        at.app.change(Move("s2", "r", ""))
        await at.press("alt+2")
        assert at.tab == "s2"
        at.app.change(Rename("a2", "Renamed"))
        assert await titles(at) == ["Renamed", "Card b2"]


async def test_a_command_changes_the_field_under_the_cursor(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        at.app.session.change_alone(SetField("a0f", "from a command"))
        at.app.window.refresh(COMMANDED)
        await at.pause()
        assert "from a command" in at.text


def some_edit(roadmap: Roadmap, chance: random.Random, number: int) -> Edit:
    """Some change of structure that the roadmap allows."""
    stages = roadmap.stages
    cards = [card for stage in stages for card in stage.cards]
    leaves = [leaf for card in cards for leaf in (*card.fields, *card.tasks, *card.calculators)]
    leaves += [row for card in cards for calculator in card.calculators for row in calculator.rows]
    edits: list[Edit] = [Add(Stage(f"n{number}", f"New {number}"), roadmap.id, LAST)]
    if stages:
        stage, other = chance.choice(stages), chance.choice(stages)
        edits += [
            Add(Card(f"n{number}", f"New {number}", (Field(f"m{number}", label="F"),)), stage.id, ""),
            Move(stage.id, roadmap.id, "" if stage is other else other.id),
            Rename(stage.id, f"Stage called {number}"),
        ]
        edits += [Remove(stage.id)] if len(stages) > 1 else []
    if cards:
        card, stage = chance.choice(cards), chance.choice(stages)
        kind = chance.choice(("text", "long", "date", "number", "choice"))
        edits += [
            Add(Field(f"n{number}", kind, label=f"Field {number}"), card.id, LAST),
            Add(Task(f"n{number}", f"Task {number}"), card.id, ""),
            Add(Calculator(f"n{number}", "unit", "Of it", (CalculatorRow(f"r{number}", "A"),)), card.id, ""),
            Move(card.id, stage.id, ""),
            Rename(card.id, f"Card called {number}"),
            Remove(card.id),
        ]
    if leaves:
        leaf = chance.choice(leaves)
        edits += [Remove(leaf.id), Rename(leaf.id, f"Leaf {number}")]
    return chance.choice(edits)


@pytest.mark.parametrize("seed", quick_first(range(4)))
async def test_no_change_of_structure_breaks_the_screen(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with sitting(home, roadmap=plan()) as at:
        for number in range(25):
            at.app.change(some_edit(at.app.session.roadmap, chance, number))
            if chance.random() < 0.5:
                at.pour(chance.choice(("\t", "x", " ", "\x1b[6;5~", "\x1b2", keys("end"))))
            if chance.random() < 0.5:
                await at.pause()
        await at.quiet()
        roadmap = at.app.session.roadmap
        for stage in roadmap.stages:
            await at.app.main.go(stage.id)
            assert await titles(at) == [card.title for card in stage.cards]
            for card in stage.cards:
                pane = at.app.main.host.panes[at.app.main.host.tab].cards[card.id]
                assert [(e.field.id, e.field.label) for e in pane.form.editors] == [
                    (field.id, field.label) for field in card.fields
                ]
                calculators = pane.calculators.values()
                assert [each.table.nodes for each in calculators] == [each.rows for each in card.calculators]
                assert all(each.parent is pane for each in calculators)
        await at.saved()


@pytest.mark.proof
async def test_an_undo_under_way_spares_what_is_under_the_cursor(home: Path) -> None:
    async with two(home) as (one, other):
        assert one.focus == "f"
        await other.type("theirs")
        await other.saved()
        one.app.session.store.undo()  # nothing of one's own; it reads what the other wrote
        await settled(one, other)
        assert one.focus == "f"
        assert one.editor("f").value == "", "it is under the cursor, and no undo changed it"
        await other.type("\tand more")
        await settled(one, other)
        assert one.editor("g").value == "and more"
