"""The texts of a roadmap's nodes beside those that a template has for them, in either language."""

from __future__ import annotations

from collections.abc import Mapping

from lfroadmap.roadmap.model import (
    ROW_VALUES,
    TITLE_OF,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Node,
    Roadmap,
    Task,
)
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import descendants
from lfroadmap.words import LANGUAGES, Language

_MORE: dict[type, tuple[str, ...]] = {
    Field: ("kind", "role", "direction", "options"),
    Calculator: ("kind",),
    Kpi: ("definition", "target", "owner", "better", "unit"),
}
COMPARED: dict[type, tuple[str, ...]] = {
    kind: (title, *_MORE.get(kind, ())) for kind, title in TITLE_OF.items()
}
"""Class of a node -> the attributes that a template has for it, beside what people fill in."""
_FILLED: dict[type, tuple[str, ...]] = {
    Card: ("notes",),
    Field: ("value",),
    Task: ("done", "due", "owner", "notes"),
    CalculatorRow: ROW_VALUES,
    Kpi: ("baseline", "current", "readings"),
}


def is_filled(node: Node) -> bool:
    """True if a person filled in something in the node itself."""
    return any(getattr(node, name) for name in _FILLED.get(type(node), ()))


def title_name(node: Node | Roadmap) -> str:
    """The attribute with a node's title."""
    return TITLE_OF[type(node)]


class NodeWords:
    """The words of a roadmap and of a template's versions of its nodes."""

    def __init__(self, now: Roadmap, template: Mapping[Language, Roadmap], language: Language) -> None:
        self._template = {
            each: {node.id: node for node, _ in descendants(roadmap)} for each, roadmap in template.items()
        }
        self._labels = {each: Labels(now.template, each) for each in LANGUAGES}
        self._fresh_labels = {each: Labels(template[each].template, each) for each in LANGUAGES}
        self.language = self._usual_language(now, language)
        self.fresh = template[self.language]
        self._here = {node.id for node, _ in descendants(now)}

    def _usual_language(self, now: Roadmap, default: Language) -> Language:
        """The language in which most texts of the roadmap are the template's."""

        def equal(language: Language) -> int:
            titles = ((node, title_name(node)) for node, _ in descendants(now))
            return sum(
                getattr(node, name) is not None
                and getattr(self._template[language].get(node.id), name, None) == getattr(node, name)
                for node, name in titles
            )

        return max((default, *LANGUAGES), key=equal)

    def name(self, node: Node | Roadmap) -> str:
        """A node's name; of the roadmap itself none."""
        if isinstance(node, Roadmap):
            return ""
        labels = self._labels if node.id in self._here else self._fresh_labels
        return labels[self.language].of(node)

    def shown(self, node: Node, name: str) -> str:
        """A value of the roadmap's node as it is shown."""
        return _shown(self._labels[self.language], node, name)

    def fresh_shown(self, fresh: Node, name: str) -> str:
        """A value of the template's node as it is shown."""
        return _shown(self._fresh_labels[self.language], fresh, name)

    def agree(self, node: Node, name: str) -> bool:
        """True if a node's value reads as the template's does.

        A built-in word has to in both languages, a text of the roadmap's own in either of them.
        """
        equal = (
            _shown(self._labels[each], node, name)
            == _shown(self._fresh_labels[each], self._template[each][node.id], name)
            for each in LANGUAGES
        )
        return all(equal) if getattr(node, name) is None else any(equal)

    def wanted(self, node: Node, fresh: Node, name: str) -> object:
        """The template's value as the roadmap's node has it: None for a built-in word that it has itself."""
        value: object = getattr(fresh, name)
        if value is not None:
            return value
        text = self.fresh_shown(fresh, name)
        return None if self._labels[self.language].template_text(node, name) == text else text


def _shown(labels: Labels, node: Node, name: str) -> str:
    if isinstance(node, Kpi):
        return labels.kpi(node, name)
    if name == title_name(node):
        return labels.of(node)
    if isinstance(node, Field) and name == "options":
        return ", ".join(labels.option(node, option) for option in node.options)
    return str(getattr(node, name))
