"""Rules that are kept are those that a search among all rules finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.ui import kept_rules
from lfroadmap.ui.kept_rules import KeptRules
from lfroadmap.ui.widgets.card_form import CardForm
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.fields import TextField
from sitting import Sitting, sitting
from terminal import keys
from test_ui_structure import plan

Cache = dict[tuple[object, ...], RulesMap]


def rules(widget: Widget) -> object:
    """The rules of a widget and of its named styles, and when it is styled again."""
    named = {name: styles.base.get_rules() for name, styles in widget._component_styles.items()}
    return dict(widget.styles.base.get_rules()), named, kept_rules._flags(widget)


def widgets(at: Sitting) -> list[Widget]:
    return [each for screen in at.app.screen_stack for each in (screen, *screen.walk_children(Widget))]


def check(at: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search for the rules of every widget, and compare them with those that it has."""
    assert isinstance(at.app.stylesheet, KeptRules)
    known = widgets(at)
    before = [rules(each) for each in known]
    with monkeypatch.context() as patch:
        patch.setattr(KeptRules, "_place", lambda self, node: object())
        for each in known:
            at.app.stylesheet.apply(each)
    for widget, had in zip(known, before, strict=True):
        assert rules(widget) == had, widget


async def test_kept_rules_are_those_of_a_search(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(home, size=(120, 40)) as at:
        steps = (
            "alt+2",
            "tab",
            "tab",
            "escape",
            "a",
            "z",
            "escape",
            "alt+3",
            "alt+2",
            "f2",
            "escape",
            "ctrl+n",
        )
        for key in steps:
            await at.type(keys(key))
            check(at, monkeypatch)
        await at.press("escape")
        at.app.theme = "paper"
        await at.quiet()
        check(at, monkeypatch)
        at.app.main.focused.disabled = True  # type: ignore[union-attr]
        await at.quiet()
        check(at, monkeypatch)


async def test_the_rules_of_a_theme_are_not_kept_for_another(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.press("alt+2")
        field = at.app.main.focused
        assert field is not None
        before = field.styles.background
        at.app.theme = "paper"
        await at.quiet()
        assert field.styles.background != before
        at.app.theme = "deep"
        await at.quiet()
        assert field.styles.background == before


def styled(monkeypatch: pytest.MonkeyPatch, sheet: type[Stylesheet]) -> list[DOMNode]:
    """The nodes that a style sheet gives their rules from now on."""
    nodes: list[DOMNode] = []
    apply = sheet.apply

    def note(self: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Cache | None = None) -> None:
        nodes.append(node)
        apply(self, node, animate=animate, cache=cache)

    monkeypatch.setattr(sheet, "apply", note)
    return nodes


NEW_CARD = Card("n", "New", (Field("nf", label="F"),))


async def test_a_style_sheet_that_a_screen_loads_leaves_the_rules_of_others(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, roadmap=plan(), size=(120, 40)) as at:
        await at.press("alt+2", "ctrl+t", "escape")
        check(at, monkeypatch)
        searched = styled(monkeypatch, Stylesheet)
        at.app.session.change_alone(Add(NEW_CARD, "s0", "a0"))
        await at.app.window.rebuild()
        await at.quiet()
        new = at.editor("nf")
        others = (each for each in at.app.main.query(TextField) if type(each) is type(new))
        other = next(each for each in others if each is not new and not each.has_focus)
        assert new.styles.base.get_rules() == other.styles.base.get_rules()
        kinds = {type(node) for node in searched}
        assert not kinds & {CardForm, TextField, Checklist}


async def test_what_goes_is_not_styled_for_the_focus_that_it_loses(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, roadmap=plan(), size=(120, 40)) as at:
        await at.press("alt+2")
        gone = at.app.focused
        assert isinstance(gone, TextField)
        nodes = styled(monkeypatch, KeptRules)
        at.app.session.change_alone(Remove(gone.field.id))
        await at.app.window.rebuild()
        await at.quiet()
        assert at.app.focused not in (None, gone)
        assert gone not in nodes
        await at.press("ctrl+t")
        field = at.app.focused
        await at.type("x")
        nodes.clear()
        await at.press("enter")
        assert at.app.screen is at.app.main
        assert field not in nodes
