"""A style sheet that remembers which rules a widget has in its place.

Textual tries every rule that might apply on a widget each time that it comes, gets the focus or loses it:
1-2 ms for a field with its named styles.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

MOST = 2000
"""Places whose rules are remembered; a stage has about a hundred."""

_STATES = tuple(each.internal_name for each in (Widget.mouse_hover, Widget.has_focus, Widget.disabled))
"""Where a widget keeps what its pseudo-classes depend on."""
Flags = tuple[bool, bool, bool, bool]


class KeptRules(Stylesheet):
    """The rules of a place are searched once; they are the same for all widgets that stand and look alike."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._kept: dict[object, tuple[RulesMap, Flags]] = {}
        self._kept_of: list[RuleSet] = []
        """The rules among which they were found."""
        self._last: tuple[DOMNode | None, object] = None, None
        """The widget whose named styles are made, and its place."""
        self._named: WeakKeyDictionary[DOMNode, list[RulesMap]] = WeakKeyDictionary()
        """Widget -> the rules of its named styles."""

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> None:
        """Give a node its rules; those of a place that is known already are not searched."""
        if self._kept_of is not self.rules or len(self._kept) > MOST:
            self._kept_of = self.rules
            self._kept.clear()
            self._named.clear()
        if type(node) is DOMNode and node.parent is self._last[0]:  # a named style
            place: object = self._last[1], node.classes
        else:
            place = _place(node)
            self._last = node, place
        if kept := self._kept.get(place):
            rules, flags = kept
            _set_flags(node, flags)
            self.replace_rules(node, rules, animate=animate)
            self._process_component_classes(node)
            return
        found: dict[tuple[object, ...], RulesMap] = {}
        super().apply(node, animate=animate, cache=found)
        for rules in found.values():  # none where they depend on the siblings, or on the focus within
            self._kept[place] = rules, _flags(node)

    def _process_component_classes(self, node: DOMNode) -> None:
        """Make the named styles of a node, unless they are as they were."""
        names = sorted(node._get_component_classes())
        if not names:
            return
        place = self._last[1]
        if self._last[0] is node and node._component_styles.keys() == {*names}:
            found = [self._kept.get((place, frozenset({name}))) for name in names]
            if self._named.get(node) == [kept and kept[0] for kept in found]:
                return
        super()._process_component_classes(node)
        made = [self._kept.get((place, frozenset({name}))) for name in names]
        self._named[node] = [kept[0] for kept in made if kept]


def _place(node: DOMNode) -> object:
    """All of a node, of those around it and of the app that a rule can ask for."""
    path = node.css_path_nodes
    return tuple(map(_look, path)), path[0].pseudo_classes


def _look(node: DOMNode) -> object:
    state = vars(node)  # reading the reactives takes ten times as long
    return (
        type(node),
        node.id,
        node.classes,
        *[state.get(name) for name in _STATES],
    )


def _flags(node: DOMNode) -> Flags:
    """The kinds of pseudo-classes by which Textual knows when to style a node again."""
    return node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even


def _set_flags(node: DOMNode, flags: Flags) -> None:
    node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even = flags
