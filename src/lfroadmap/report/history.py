"""A change told in words: what was done, where, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lfroadmap.report.node_index import NodeIndex, kind_of
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import KPI_COLUMNS, TASK_DETAILS, TITLE_OF, Field, Kpi, Node
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import arrow, one_line
from lfroadmap.words import Words

Step = Literal["undo", "redo"]
NONE = "—"
"""Stands for a value that is empty."""


@dataclass(frozen=True, slots=True)
class ChangeText:
    """A change in words; `old` and `new` are empty where there is no such value."""

    does: str
    """What was done, by a name that is the same in every language: `set`, `tick`, `add`, …"""
    node: str
    """Id of what it was done to; empty for the whole roadmap."""
    home: str
    """Id of the card, or of the stage or KPI itself."""
    card: str
    """Title of the same."""
    place: str
    """The field's label, the task's text, the KPI's measure and column."""
    old: str = ""
    new: str = ""
    sentence: str = ""
    """All of it but the card, in a line of plain words."""


class ChangeFormatter:
    """Tells changes, the newest first, in one language, as far as a scope goes."""

    def __init__(self, index: NodeIndex, words: Words, scope: Scope = WHOLE) -> None:
        self.index = index
        self.words = words
        self.scope = scope
        self.labels = Labels(index.roadmap.template, words.language)

    def describe(self, edit: Edit, inverse: Edit, *, step: Step | None = None) -> ChangeText | None:
        """The change in words, or None where it is beyond the scope; an undo or redo says so."""
        self.index.learn(edit, inverse)
        held = self._within(edit)
        if held is None:
            return None
        return self._marked(self._told(held, inverse), step)

    def describe_each(self, edit: Edit, inverse: Edit, *, step: Step | None = None) -> Iterator[ChangeText]:
        """The change as `tell`, but each of several that were made at once by itself."""
        self.index.learn(edit, inverse)
        held = self._within(edit)
        back = {part.touches(): part for part in inverse.singles()}
        for part in held.singles() if held else ():
            yield self._marked(self._told(part, back.get(part.touches(), inverse)), step)

    def _marked(self, told: ChangeText, step: Step | None) -> ChangeText:
        return replace(told, sentence=self.words(f"change.{step}", what=told.sentence)) if step else told

    def is_in_scope(self, node_id: str) -> bool:
        """Whether the scope lets a node be told of: the title and the KPIs always."""
        if self.scope.stages is None or node_id == self.index.roadmap.id:
            return True
        return isinstance(self.index.node(node_id), Kpi) or self.index.stage(node_id) in self.scope.stages

    def _within(self, edit: Edit) -> Edit | None:
        """What of an edit may be told."""
        if self.scope.stages is None or isinstance(edit, ResetAll):
            return edit
        if isinstance(edit, Batch):
            kept = tuple(part for part in edit.singles() if self._within(part))
            return Batch(kept) if kept else None
        return edit if self.is_in_scope(edit.touches()[0]) else None

    def _told(self, edit: Edit, inverse: Edit) -> ChangeText:
        if isinstance(edit, Batch):
            return self._batch(edit, inverse)
        if isinstance(edit, ResetAll):
            return self._of("reset", "")
        if isinstance(edit, Add | Remove | Move | Tick):
            return self._act(edit, inverse)
        return self._value(edit, inverse)

    def _batch(self, edit: Batch, inverse: Edit) -> ChangeText:
        """One edit as itself, several by their number and the first of them."""
        several = tuple(edit.singles())
        back = {part.touches(): part for part in inverse.singles()}
        if not several:
            return self._of("several", "", n=0, first="")
        first = self._told(several[0], back.get(several[0].touches(), inverse))
        if len(several) == 1:
            return first
        sentence = self.words("change.several", n=len(several), first=first.sentence)
        return replace(first, does="several", sentence=sentence)

    def _act(self, edit: Add | Remove | Move | Tick, inverse: Edit) -> ChangeText:
        """What is done to a node as a whole."""
        if isinstance(edit, Tick):
            return self._of("tick" if edit.done else "untick", edit.task)
        node_id = edit.node.id if isinstance(edit, Add) else edit.node
        node = self.index.node(node_id)
        kind = self.words(f"change.kind_{kind_of(node)}") if node else ""
        if not isinstance(edit, Move):
            return self._of("add" if isinstance(edit, Add) else "remove", node_id, kind=kind)
        old = inverse.parent if isinstance(inverse, Move) else ""
        if old in ("", edit.parent) or not (self.is_in_scope(old) and self.is_in_scope(edit.parent)):
            return self._of("move", node_id, kind=kind)
        return self._of("move_to", node_id, old=self._name(old), new=self._name(edit.parent), kind=kind)

    def _value(self, edit: Edit, inverse: Edit) -> ChangeText:
        """What gives a value for another."""
        node_id, _ = edit.touches()
        node = self.index.node(node_id)
        if self.scope.brief and _is_long(edit, node):
            return self._of("revise", node_id)
        old, new = self._shown(inverse, node), self._shown(edit, node)
        if isinstance(edit, SpliceText):
            does = "write" if not old else "replace" if new else "erase"
        elif isinstance(edit, Rename):
            does = "rename"
        else:
            does = "fill" if not old else "set" if new else "empty"
        detail = self._detail(edit)
        return self._of(does, node_id, detail, old=old, new=new)

    def _detail(self, edit: Edit) -> str:
        if isinstance(edit, SetKpi):
            return self.words(f"kpi.{edit.column}") if edit.column in KPI_COLUMNS else edit.column
        if isinstance(edit, SetTask):
            return self.words(f"change.{edit.detail}") if edit.detail in TASK_DETAILS else edit.detail
        return ""

    def _shown(self, edit: Edit, node: Node | None) -> str:
        """The value that an edit gives, as people read it."""
        if isinstance(edit, SpliceText):
            return edit.inserted
        if isinstance(edit, Rename):
            return self._title(edit.text, node)
        if isinstance(edit, SetKpi):
            return self._cell(edit.column, edit.value, node)
        value = edit.value if isinstance(edit, SetField | SetTask) else ""
        if isinstance(node, Field) and node.kind == "choice" and value:
            return self.labels.option(node, value)
        dated = (isinstance(node, Field) and node.kind == "date") or edit.touches()[1] == "due"
        day = iso_day(value) if dated else None
        return self.words.day(day) if day else value

    def _title(self, text: str | None, node: Node | None) -> str:
        if text is not None:
            return text
        if node is None:
            return self.labels.of(replace(self.index.roadmap, title=None))
        bare = replace(node, **{TITLE_OF[type(node)]: None})  # type: ignore[arg-type]
        return self.labels.of(bare)

    def _cell(self, column: str, value: str | None, node: Node | None) -> str:
        if column == "better":
            return self.words(f"report.{value}") if value in ("up", "down") else value or ""
        if not isinstance(node, Kpi) or column not in KPI_COLUMNS:
            return value or ""
        # mypy cannot see that a column is one of the dataclass's names
        return self.labels.kpi(replace(node, **{column: value}), column)  # type: ignore[arg-type]

    def _name(self, node_id: str) -> str:
        node = self.index.node(node_id)
        return self.labels.of(node) if node else self.index.label(node_id) or self.words("change.gone")

    def _of(
        self, does: str, node_id: str, detail: str = "", old: str = "", new: str = "", **facts: object
    ) -> ChangeText:
        home = self.index.home(node_id)
        place = one_line(self._name(node_id)) if node_id not in ("", self.index.roadmap.id) else ""
        place = f"{place} · {detail}" if detail else place
        shown = {"place": place, "old": one_line(old) or NONE, "new": one_line(new) or NONE}
        if does == "set":
            facts["to"] = arrow(old, new, self.words.direction)
        sentence = self.words(f"change.{does}", **shown, **facts)
        return ChangeText(
            does,
            node_id,
            home.id if home else "",
            self.labels.of(home) if home else "",
            place,
            old,
            new,
            sentence,
        )


def _is_long(edit: Edit, node: Node | None) -> bool:
    """Whether an edit gives a long text; of a field that nobody knows any more, it may be one."""
    if isinstance(edit, SetField):
        return not isinstance(node, Field) or node.kind == "long"
    return isinstance(edit, SpliceText)
