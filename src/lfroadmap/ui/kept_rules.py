"""A style sheet that remembers which rules a widget has in its place.

Textual tries every rule that might apply on a widget each time that it comes, gets the focus or loses it:
1-2 ms for a field with its named styles.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from weakref import WeakKeyDictionary

from textual.cache import LRUCache
from textual.css.model import CombinatorType, RuleSet, Selector
from textual.css.styles import RulesMap, StylesBase
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

SOURCES = 1000
"""Style sheets of widgets and screens that are parsed once; there are a few hundred."""
ANY = "*"
"""Rules ask for every node by this name."""
MOST = 2000
"""Places whose rules are remembered; a stage has about a hundred."""

_STATES = tuple(each.internal_name for each in (Widget.mouse_hover, Widget.has_focus, Widget.disabled))
"""Where a widget keeps what its pseudo-classes depend on."""
_OF_TEXTUAL = "-textual-system"
"""A class that no rule names, and `*` asks for."""
Flags = tuple[bool, bool, bool, bool]


RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]  # by identity as well, but in C


class KeptRules(Stylesheet):
    """The rules of a place are searched once; they are the same for all widgets that stand and look alike."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(SOURCES)
        self._kept: dict[object, tuple[RulesMap, Flags]] = {}
        self._kept_of: list[RuleSet] = []
        """The rules among which they were found."""
        self._made: dict[object, RulesMap] = {}
        """Places -> the rules as a node keeps them, which set one by one are brought into that form."""
        self._asked_for: dict[object, Set[str]] = {}
        """Places -> the names by which rules ask for what is there."""
        self._names = self._names_above = frozenset({_OF_TEXTUAL})
        """The ids and classes that rules ask for, of any node and of those that a styled one lies in."""
        self._last: tuple[DOMNode | None, object] = None, None
        """The widget whose named styles are made, and its place."""
        self._named: WeakKeyDictionary[DOMNode, list[RulesMap]] = WeakKeyDictionary()
        """Widget -> the rules of its named styles."""

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> None:
        """Give a node its rules; those of a place that is known already are not searched."""
        if self._kept_of is not self.rules or len(self._kept) > MOST:
            self._forget_changed()
        if type(node) is DOMNode and node.parent is self._last[0]:  # a named style
            place: object = self._last[1], node.classes
        else:
            place = self._place(node)
            self._last = node, place
        if kept := self._kept.get(place):
            rules, flags = kept
            _set_flags(node, flags)
            self._give(node, place, rules, animate=animate)
            self._process_component_classes(node)
            return
        found: dict[tuple[object, ...], RulesMap] = {}
        super().apply(node, animate=animate, cache=found)
        for rules in found.values():  # none where they depend on the siblings, or on the focus within
            self._kept[place] = rules, _flags(node)
            self._asked_for[place] = node._selector_names

    def reparse(self) -> None:
        """Parse the sources that are new; with other variables none is known."""
        self.parse()

    def _forget_changed(self) -> None:
        """Forget the rules of places for which others came or went; of all, where they are many."""
        before = {id(rule): rule for rule in self._kept_of}
        after = {id(rule): rule for rule in self.rules}
        changed = [*map(before.get, before.keys() - after), *map(after.get, after.keys() - before)]
        names = {name for rule in changed if rule for name in rule.selector_names}
        if len(self._kept) > MOST:
            names = {ANY}
        for place in [place for place, its in self._asked_for.items() if not names.isdisjoint(its)]:
            del self._kept[place], self._asked_for[place]
            self._made.pop(place, None)
        self._kept_of = self.rules
        self._find_names()

    @classmethod
    def replace_rules(cls, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
        """Give a node other rules: those that are others now.

        Textual also compares how all of them look, which only a transition needs, and sets those that stay.
        """
        if animate and "transitions" in rules:
            super().replace_rules(node, rules, animate)
            return
        base, setters = node.styles.base, vars(StylesBase)
        had: dict[str, object] = {**base.get_rules()}
        new: dict[str, object] = {**rules}
        changed = [name for name in had.keys() | new.keys() if had.get(name) != new.get(name)]
        changed = [
            name for name in changed if name in setters
        ]  # the parser also makes some that nothing reads
        for name in changed:
            setters[name].__set__(base, new.get(name))
        if changed or not animate:
            node.notify_style_update()

    def _give(self, node: DOMNode, place: object, rules: RulesMap, *, animate: bool) -> None:
        """Give a node its rules; a new one has them as another got them that was new in its place."""
        base = node.styles.base
        is_new = not base.get_rules()
        if is_new and (made := self._made.get(place)):
            base.merge_rules(made)
            node.notify_style_update()
            return
        self.replace_rules(node, rules, animate=animate)
        if is_new:
            self._made[place] = base.get_rules()

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

    def _find_names(self) -> None:
        paths = [one.selectors for rule in self.rules for one in rule.selector_set]
        names = _names(selector for path in paths for selector in path)
        above = _names(selector for path in paths for selector in path[: _start_of_last(path)])
        self._names, self._names_above = names | {_OF_TEXTUAL}, above | {_OF_TEXTUAL}

    def _place(self, node: DOMNode) -> object:
        """All of a node, of those around it and of the app that a rule asks for."""
        path = node.css_path_nodes
        above = [_look(each, self._names_above) for each in path[:-1]]
        return *above, _look(node, self._names), path[0].pseudo_classes


def _names(selectors: Iterable[Selector]) -> frozenset[str]:
    return frozenset(selector.name for selector in selectors)


def _start_of_last(path: list[Selector]) -> int:
    """Where the selectors begin that are for the styled node itself."""
    starts = (at for at, each in enumerate(path) if each.combinator is not CombinatorType.SAME)
    return max(starts, default=0)


def _look(node: DOMNode, names: frozenset[str]) -> object:
    state = vars(node)  # reading the reactives takes ten times as long, and before it began it has none
    return (
        type(node),
        node.id if node.id in names else None,
        node.classes & names,
        *[bool(state.get(name)) for name in _STATES],
    )


def _flags(node: DOMNode) -> Flags:
    """The kinds of pseudo-classes by which Textual knows when to style a node again."""
    return node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even


def _set_flags(node: DOMNode, flags: Flags) -> None:
    node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even = flags
