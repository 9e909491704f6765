"""Comparing a roadmap with a template, and bringing what changed in the template into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, Rename, SetKpi
from lfroadmap.roadmap.model import ATTRIBUTES, TITLE_OF, Node, Roadmap
from lfroadmap.roadmap.own_templates.updating import Origins, TemplateUpdate, update
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.roadmap.templates import Labels, names, words_source
from lfroadmap.roadmap.tree import descendants, ids_under
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.history.queries import structure_changes
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_schema import Change
from lfroadmap.usecases.known_templates import template_roadmap
from lfroadmap.words import LANGUAGES, Language


def update_of(roadmap: Roadmap, path: Path, name: str, language: Language) -> TemplateUpdate:
    """The update of a roadmap by a template; its file at `path` says what people did in it.

    Raises RoadmapError where there is no such template, or nothing in the roadmap is from it.
    """
    name = nfc(name)
    template = {each: template_roadmap(name, roadmap.id, each) for each in LANGUAGES}
    found = update(roadmap, template, name, origins_of(path, name), language)
    if not found.is_related:
        raise RoadmapError(
            "template_unrelated", name=name, roadmap=Labels(roadmap.template, language).of(roadmap)
        )
    return found


def templates_in(roadmap: Roadmap, own: tuple[str, ...]) -> tuple[str, ...]:
    """The templates that a roadmap can be compared with: its own one first, then those of its nodes."""
    known = (*names(), *own)
    sources = (words_source(node).partition("/")[0] for node, _ in descendants(roadmap))
    found = dict.fromkeys((roadmap.template, *sources))
    return tuple(name for name in found if name in known)


def origins_of(path: Path, name: str) -> Origins:
    """Where the nodes of a roadmap and their texts come from, by its history; raises BrokenStore."""
    first = TimeTravel(path).at(0)
    reader = _Origins(name)
    reader.begin(first)
    for change in reversed([*structure_changes(path)]):
        reader.follow(change)
    return Origins(
        {key: frozenset(values) for key, values in reader.values.items()},
        frozenset(reader.from_template),
        frozenset(reader.moved),
        frozenset(reader.removed),
    )


class _Origins:
    """Follows the changes of a roadmap from the first on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.values: dict[tuple[str, str], set[object]] = {}
        self.from_template: set[str] = set()
        self.moved: set[str] = set()
        self.removed: set[str] = set()
        self._classes: dict[str, type] = {}
        """Class of each node that came so far."""

    def begin(self, roadmap: Roadmap) -> None:
        """Take the roadmap as it was created."""
        is_whole = roadmap.template == self._name
        for node, _ in descendants(roadmap):
            self._came(node, from_template=is_whole or words_source(node).startswith(f"{self._name}/"))

    def follow(self, change: Change) -> None:
        """Take a change."""
        try:
            edit, inverse = load_edit(change.edit), load_edit(change.inverse)
        except ValueError:  # a damaged row: what it did is unknown, and so a person's
            return
        is_update = isinstance(edit, Batch) and edit.template == self._name
        is_persons = not is_update and change.undo_of is None
        for part in _parts(inverse):
            if isinstance(part, Add) and is_persons:
                self.removed.update(ids_under(part.node))
        for part in _parts(edit):
            if isinstance(part, Add):
                self._added(part, from_template=is_update)
            elif isinstance(part, Move) and is_persons:
                self.moved.add(part.node)
            elif is_update:
                self._set(part)

    def _added(self, part: Add, *, from_template: bool) -> None:
        for node, _ in (*descendants(part.node), (part.node, "")):
            is_copy = words_source(node).startswith(f"{self._name}/")
            if from_template or node.id not in self._classes:
                self._came(node, from_template=from_template or is_copy)
            self.removed.discard(node.id)

    def _came(self, node: Node, *, from_template: bool) -> None:
        self._classes[node.id] = type(node)
        if from_template:
            self.from_template.add(node.id)
        for name in ATTRIBUTES[type(node)]:
            self.values.setdefault((node.id, name), set()).add(getattr(node, name))

    def _set(self, part: Edit) -> None:
        """Note the value that an update gave a node that came before."""
        node, _ = part.touches()
        if isinstance(part, SetKpi):
            self.values.setdefault((node, part.column), set()).add(part.value)
        elif isinstance(part, Rename) and node in self._classes:
            self.values.setdefault((node, TITLE_OF[self._classes[node]]), set()).add(part.text)


def _parts(edit: Edit) -> Iterator[Edit]:
    """The edits of single nodes in an edit; a reset as the nodes that it leads to."""
    for part in edit.singles():
        if isinstance(part, ResetAll):
            yield from (Add(stage, part.fresh.id) for stage in part.fresh.stages)
            yield from (Add(kpi, part.fresh.id) for kpi in part.fresh.kpis)
        else:
            yield part
