"""A change of structure touches only what it changes, and shows what making all widgets again would show."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from counting import Calls, counted
from lfroadmap.machine import new_id
from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.edits import Edit, Rename, SetField
from lfroadmap.roadmap.model import Card, Field, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, places
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.widgets import stage_pane
from lfroadmap.ui.widgets.card_form import CardForm
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.fields import TextField
from lfroadmap.ui.widgets.long_field import LongField
from lfroadmap.ui.widgets.stage_pane import StagePane
from lfroadmap.words import LANGUAGES, Language
from matrices import quick_every
from sitting import Sitting, sitting
from terminal import keys
from test_ui_structure import plan, some_edit

EDITS = 9
UNDO = keys("ctrl+z")


def picture(at: Sitting) -> object:
    """The open stage as it stands: its widgets in their order, their places, what they show, the focus."""
    host = at.app.main.host
    pane = host.panes[host.tab]
    if not isinstance(pane, StagePane):
        return host.tab, at.focus
    left = {"-valid"}  # Textual marks an input that was left; nothing is styled by it
    tree = [(type(each).__name__, each.classes - left, each.region) for each in pane.grid.walk_children()]
    assert at.app.focused is None or at.app.focused.region in host.region, "the focus is out of sight"
    return host.tab, at.focus, pane.scroll_offset, tree, at.lines[1 : pane.grid.region.bottom]


def copied(roadmap: Roadmap, chance: random.Random, at: Sitting) -> Edit:
    """A copy of some node behind it."""
    place = chance.choice([each for each in places(roadmap) if isinstance(each.node, Card | Field | Task)])
    copy = duplicate(place.node, at.app.session.labels, lambda old: new_id())
    return Add(copy, place.parent, place.node.id)


def reshaped(roadmap: Roadmap, chance: random.Random) -> Edit | None:
    """Another label, or another value, of some field."""
    fields = [each.node.id for each in places(roadmap) if isinstance(each.node, Field)]
    if not fields:
        return None
    one = chance.choice(fields)
    return chance.choice([Rename(one, "תווית חדשה, a long new label"), SetField(one, "ערך value 3")])


async def change(at: Sitting, chance: random.Random, number: int) -> None:
    """Change something as a widget does, as a command does, or by an undo."""
    roadmap = at.app.session.roadmap
    edit = some_edit(roadmap, chance, number)
    if chance.random() < 0.4:
        edit = reshaped(roadmap, chance) or edit
    elif chance.random() < 0.3 and any(stage.cards for stage in roadmap.stages):
        edit = copied(roadmap, chance, at)
    if chance.random() < 0.2:
        await at.type(UNDO)
    elif chance.random() < 0.5 and not isinstance(edit, SetField):  # a field is not written back to
        at.app.change(edit)
    else:
        at.app.session.change_alone(edit)
        await at.app.window.rebuild(getattr(edit, "node", "") if isinstance(edit, Move | Rename) else "")
    await at.saved()
    await at.quiet()


@pytest.mark.proof
@pytest.mark.parametrize("size", [(120, 90), (100, 120)])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.quick_cases(2)
async def test_what_is_shown_is_what_widgets_that_are_made_again_show(
    home: Path, seed: int, language: Language, size: tuple[int, int]
) -> None:
    chance = random.Random(seed)
    async with sitting(home, roadmap=plan(), language=language, size=size) as at:
        await at.press("alt+2")
        for number in range(EDITS):
            if chance.random() < 0.5:
                await at.press(chance.choice(["tab", "tab", "escape", "alt+3"]))
            await change(at, chance, number)
            shown = picture(at)
            if number % 3 != 2:
                continue
            await at.app.main.set_context(at.app.main.context)
            await at.quiet()
            assert picture(at) == shown


def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Calls]:
    """The cards, forms and editors that are made from now on."""
    kinds = (CardPane, CardForm, TextField, LongField)
    return {kind.__name__: counted(monkeypatch, kind, "__init__") for kind in kinds}


def number_made(calls: dict[str, Calls]) -> dict[str, int]:
    return {name: len(each) for name, each in calls.items() if each}


NEW_CARD = Card("n", "New", (Field("nf", label="F"), Field("ng", "long", label="G")))


@pytest.mark.parametrize(
    ("edit", "expected"),
    quick_every(
        3,
        [
            (Move("a0f", "a0", "a0g"), {}),
            (Rename("a0f", "Another label"), {}),
            (Rename("a0", "Another card"), {}),
            (Remove("a0g"), {}),
            (Add(Field("x", label="X"), "a0", "a0f"), {"TextField": 1}),
            (Move("a0", "s0", "b0"), {}),
            (Remove("b0"), {}),
            (Add(NEW_CARD, "s0", "a0"), {"CardPane": 1, "CardForm": 1, "TextField": 1, "LongField": 1}),
            (Move("s0", "r", "s2"), {}),
            (Add(Task("x", "X"), "a0", "a0t"), {}),
            (Move("a0g", "b0", ""), {"TextField": 1}),
        ],
    ),
)
@pytest.mark.quick_cases(2)
async def test_only_what_is_new_is_made(
    home: Path, edit: Edit, expected: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        calls, first = made(monkeypatch), at.app.focused
        at.app.session.change_alone(edit)
        await at.app.window.rebuild()
        await at.quiet()
        assert number_made(calls) == expected
        assert at.app.focused is first
        assert find(at.app.session.roadmap, at.focus)


async def test_the_cursor_and_the_draft_of_a_card_stay_when_a_field_comes(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type("abc" + keys("home") + "x")
        at.app.change(Add(Field("y", label="Y"), "a0", ""))
        await at.quiet()
        await at.type("y")
        assert at.value("a0f") == "xyabc"
        await at.app.main.go("a0t")
        await at.type("a")
        at.app.change(Add(Field("z", label="Z"), "a0", ""))
        await at.quiet()
        await at.type("written\r\x1b")
        await at.quiet()
        assert [task.text for task in at.app.session.roadmap.stages[0].cards[0].tasks][-1] == "written"


@pytest.mark.proof
async def test_moving_the_focus_does_not_draw_the_whole_screen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        at.app.main._compositor._dirty_regions.clear()
        whole = counted(monkeypatch, MainScreen, "_set_dirty")
        await at.press("tab", "tab", "shift+tab")
        assert [regions for regions in whole if not regions] == []


def many_cards(number: int) -> Roadmap:
    """The plan with so many cards in its first stage."""
    first, *others = plan().stages
    cards = tuple(Card(f"c{n}", f"Card {n}", (Field(f"f{n}", label="F"),)) for n in range(number))
    return replace(plan(), stages=(replace(first, cards=cards), *others))


@pytest.mark.proof
async def test_the_first_picture_of_a_stage_has_the_first_cards_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_pane, "PANELS_BEHIND", 1000)
    async with sitting(home, roadmap=many_cards(10)) as at:
        calls = counted(monkeypatch, CardPane, "__init__")
        await at.press("alt+2")
        assert len(calls) == stage_pane.FIRST_CARDS
        await at.type("typed at once")
        assert await at.stored("f0") == "typed at once"
        assert len(calls) == stage_pane.FIRST_CARDS
        await at.app.main.go("f9")
        await at.type("and in the last")
        assert await at.stored("f9") == "and in the last"
        assert len(calls) == 10


@pytest.mark.proof
@pytest.mark.parametrize("edit", [Remove("c1"), Remove("c9"), Move("c9", "s0", ""), Rename("c7", "Other")])
async def test_an_edit_before_the_other_cards_are_made_is_shown(
    home: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_pane, "PANELS_BEHIND", 1000)
    async with sitting(home, roadmap=many_cards(10)) as at:
        await at.press("alt+2")
        at.app.session.change_alone(edit)
        await at.app.window.rebuild()
        await at.app.main.host.panes[at.app.main.host.tab].complete()
        await at.quiet()
        titles = [pane.panel_title for pane in at.app.screen.query(CardPane)]
        assert titles == [card.title for card in at.app.session.roadmap.stages[0].cards]
        assert at.focus == "f0"


@pytest.mark.proof
async def test_the_other_cards_come_by_themselves(home: Path) -> None:
    async with sitting(home, roadmap=many_cards(10)) as at:
        await at.press("alt+2")
        await at.until(lambda: len(at.app.screen.query(CardPane)) == 10)
        assert at.focus == "f0"
        assert at.app.main.host.panes[at.app.main.host.tab].scroll_offset.y == 0


@pytest.mark.parametrize("width", [120, 121])
async def test_the_cards_of_a_row_are_equally_wide_and_tall(home: Path, width: int) -> None:
    async with sitting(home, roadmap=plan(), size=(width, 40)) as at:
        await at.press("alt+2")
        pane = at.app.main.host.panes[at.app.main.host.tab]
        assert isinstance(pane, StagePane)
        first, second = list(pane.cards.values())[:2]
        assert first.region.y == second.region.y
        assert first.region.size == second.region.size
        assert second.region.right == pane.grid.region.right - 1


async def test_a_card_that_changes_sides_is_not_drawn_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, roadmap=plan(), size=(120, 40)) as at:
        await at.press("alt+2")
        await at.quiet()
        drawn = counted(monkeypatch, TextField, "render_line")
        await at.press("ctrl+down")
        await at.saved()
        await at.quiet()
        assert len(drawn) <= 1  # the one with the focus
