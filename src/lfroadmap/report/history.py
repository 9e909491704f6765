"""Descriptions of changes in words: action, place, values before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lfroadmap.report.dated_value import dated_value, day_name
from lfroadmap.report.edit_kinds import is_long, made_by_tick, relation_action, reshaped
from lfroadmap.report.formatting import with_unit
from lfroadmap.report.measured_source import describe_binding, describe_measuring, measurement_name
from lfroadmap.report.node_index import NodeIndex, kind_of
from lfroadmap.report.repeat_text import describe_repeat
from lfroadmap.report.value_source import describe_reading
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.calculators.columns import column_key
from lfroadmap.roadmap.edits import Bind, Edit, Rename, SetField, SetKpi, SetRow, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import (
    KPI_COLUMNS,
    KPI_TEXTS,
    ROW_VALUES,
    TASK_DETAILS,
    TITLE_OF,
    Calculator,
    CalculatorRow,
    Field,
    Kpi,
    Measurement,
    Node,
    Note,
    Reading,
    Relation,
    Task,
)
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import arrow, one_line
from lfroadmap.words import Words

Step = Literal["undo", "redo"]
NONE = "—"
"""Shown for an empty value."""


@dataclass(frozen=True, slots=True)
class ChangeText:
    """A change in words; `old` and `new` are empty where there is no such value."""

    action: str
    """Name of the action, the same in every language: `set`, `tick`, `add`, …"""
    node: str
    """Id of the changed node; empty for the whole roadmap."""
    home: str
    """Id of its card, or of the stage or KPI itself."""
    card: str
    """Title of the same."""
    place: str
    """The field's label, the task's text, the KPI's measure and column."""
    old: str = ""
    new: str = ""
    sentence: str = ""
    """The full description without the card, in a line of plain text."""


def with_card(change: ChangeText, words: Words) -> str:
    """A change and its card in one line."""
    between = (" ", ":") if change.node == change.home else (" · ",)  # a KPI names itself, too
    if not change.card or change.sentence.startswith(tuple(f"{change.card}{each}" for each in between)):
        return change.sentence
    return words("change.in_card", card=one_line(change.card), sentence=change.sentence)


class ChangeFormatter:
    """Describes changes, the newest first, in one language and within a scope."""

    def __init__(self, index: NodeIndex, words: Words, scope: Scope = WHOLE, reader: str = "") -> None:
        self.index = index
        self.words = words
        self.scope = scope
        self.reader = reader
        """Id of the person who reads it; empty where it is for others."""
        self.labels = Labels(index.roadmap.template, words.language)

    def describe(self, edit: Edit, inverse: Edit, *, step: Step | None = None) -> ChangeText | None:
        """The change in words, or None where it is outside the scope; an undo or redo is described as one."""
        self.index.add_edit(edit, inverse)
        part = self._in_scope(edit)
        if part is None:
            return None
        return self._with_step(self._describe(part, inverse), step)

    def describe_each(self, edit: Edit, inverse: Edit, *, step: Step | None = None) -> Iterator[ChangeText]:
        """As `describe`, with each edit of a batch by itself."""
        self.index.add_edit(edit, inverse)
        part = self._in_scope(edit)
        inverses = {single.touches(): single for single in inverse.singles()}
        if part and (reshaped(part) or dated_value(tuple(part.singles()), self.index)):
            yield self._with_step(self._describe(part, inverse), step)
            return
        for single in part.singles() if part else ():
            yield self._with_step(self._describe(single, inverses.get(single.touches(), inverse)), step)

    def _with_step(self, text: ChangeText, step: Step | None) -> ChangeText:
        return replace(text, sentence=self.words(f"change.{step}", what=text.sentence)) if step else text

    def is_in_scope(self, node_id: str) -> bool:
        """True if a node is within the scope: the title and the KPIs always are."""
        if self.scope.stages is None or node_id == self.index.roadmap.id:
            return True
        return isinstance(self.index.node(node_id), Kpi) or self.index.stage(node_id) in self.scope.stages

    def _in_scope(self, edit: Edit) -> Edit | None:
        """The part of an edit that is within the scope."""
        if self.scope.stages is None or isinstance(edit, ResetAll):
            return edit
        if isinstance(edit, Batch):
            kept = tuple(part for part in edit.singles() if self._in_scope(part))
            return Batch(kept, edit.template) if kept else None
        return edit if self.is_in_scope(edit.touches()[0]) else None

    def _describe(self, edit: Edit, inverse: Edit) -> ChangeText:
        if made := made_by_tick(tuple(edit.singles())):
            return self._ticked(*made)
        if isinstance(edit, Batch):
            return self._batch(edit, inverse)
        if isinstance(edit, ResetAll):
            return self._change_text("reset", "")
        if isinstance(edit, Add | Remove | Move | Tick):
            return self._node_change(edit, inverse)
        return self._value_change(edit, inverse)

    def _batch(self, edit: Batch, inverse: Edit) -> ChangeText:
        """A single edit as itself, several by their number and the first of them."""
        several = tuple(edit.singles())
        if edit.template:
            return self._change_text("template_update", "", name=edit.template, n=len(several))
        if not several:
            return self._change_text("several", "", n=0, first="")
        inverses = {part.touches(): part for part in inverse.singles()}
        if dated := dated_value(several, self.index):
            return self._describe(dated, inverses.get(dated.touches(), inverse))
        if node := reshaped(edit):
            return self._change_text("reshape", node.id, kind=self.words(f"change.kind_{kind_of(node)}"))
        first = self._describe(several[0], inverses.get(several[0].touches(), inverse))
        if len(several) == 1:
            return first
        measured = describe_measuring(several, tuple(inverse.singles()), first.sentence, self.words)
        sentence = measured or self.words("change.several", n=len(several), first=first.sentence)
        card = "" if measured else first.card
        return replace(first, action="several", card=card, sentence=sentence)

    def _node_change(self, edit: Add | Remove | Move | Tick, inverse: Edit) -> ChangeText:
        """A change of a node as a whole."""
        if isinstance(edit, Tick):
            return self._change_text("tick" if edit.done else "untick", edit.task)
        node_id = edit.node.id if isinstance(edit, Add) else edit.node
        node = self.index.node(node_id)
        kind = self.words(f"change.kind_{kind_of(node)}") if node else ""
        if isinstance(edit, Add) and isinstance(edit.node, Reading):
            return self._reading_added(edit.node, edit.parent)
        if isinstance(node, Relation):
            return self._related(node, added=isinstance(edit, Add))
        if not isinstance(edit, Move):
            return self._change_text("add" if isinstance(edit, Add) else "remove", node_id, kind=kind)
        old = inverse.parent if isinstance(inverse, Move) else ""
        if old in ("", edit.parent) or not (self.is_in_scope(old) and self.is_in_scope(edit.parent)):
            return self._change_text("move", node_id, kind=kind)
        return self._change_text(
            "move_to", node_id, old=self._name(old), new=self._name(edit.parent), kind=kind
        )

    def _related(self, relation: Relation, *, added: bool) -> ChangeText:
        """What waits for what, or moves which KPI; the change is described at what does so."""
        above = self.index.above(relation.id)
        target = one_line(self._name(relation.target))
        return self._change_text(
            relation_action(relation, added=added), above.id if above else relation.id, new=target
        )

    def _ticked(self, tick: Tick, made: Task) -> ChangeText:
        """A tick and the next task that came of it."""
        day = iso_day(made.due)
        shown = self.words.day(day) if day else made.due
        return replace(self._change_text("tick_next", tick.task, day=shown), action="tick")

    def _reading_added(self, reading: Reading, kpi_id: str) -> ChangeText:
        """A value of a day, with its unit where it was taken from somewhere."""
        place, value = day_name(reading, self.index, self.labels, self.words), reading.value or ""
        if not reading.origin:
            return self._change_text("fill", reading.id, new=value, place=place)
        kpi = self.index.node(kpi_id)
        shown = with_unit(value, self.labels.kpi(kpi, "unit")) if isinstance(kpi, Kpi) else value
        source = describe_reading(reading, self.index.node, self.labels, self.words)
        return self._change_text("take", reading.id, new=shown, place=place, source=source)

    def _value_change(self, edit: Edit, inverse: Edit) -> ChangeText:
        """A change of a value."""
        node_id, _ = edit.touches()
        node = self.index.node(node_id)
        if self.scope.brief and is_long(edit, node):
            return self._change_text("revise", node_id)
        old, new = self._shown(inverse, node), self._shown(edit, node)
        if isinstance(node, Reading):
            action = "fill" if not old else "set" if new else "empty"
            place = day_name(node, self.index, self.labels, self.words)
            return self._change_text(action, node_id, old=old, new=new, place=place)
        if isinstance(edit, SpliceText):
            action = "write" if not old else "replace" if new else "erase"
        elif isinstance(edit, Rename):
            action = "rename"
        else:
            action = "fill" if not old else "set" if new else "empty"
        detail = self._detail(edit)
        return self._change_text(action, node_id, detail, old=old, new=new)

    def _detail(self, edit: Edit) -> str:
        if isinstance(edit, Bind):
            return self.words("kpi.bound_to")
        if isinstance(edit, SetKpi):
            return self.words(f"kpi.{edit.column}") if edit.column in KPI_COLUMNS else edit.column
        if isinstance(edit, SetRow):
            if edit.column not in ROW_VALUES:
                return edit.column
            above = self.index.above(edit.row)
            return self.words(
                column_key(above.kind if isinstance(above, Calculator) else "funnel", edit.column)
            )
        if isinstance(edit, SetTask):
            return self.words(f"change.{edit.detail}") if edit.detail in TASK_DETAILS else edit.detail
        return ""

    def _shown(self, edit: Edit, node: Node | None) -> str:
        """The new value of an edit, as shown."""
        if isinstance(edit, SpliceText):
            return edit.inserted
        if isinstance(edit, Rename):
            return self._title(edit.text, node)
        if isinstance(edit, SetKpi):
            return self._cell(edit.column, edit.value, node)
        if isinstance(edit, Bind):
            return describe_binding(edit, self.words)
        return self._value_shown(edit, node)

    def _value_shown(self, edit: Edit, node: Node | None) -> str:
        value = edit.value if isinstance(edit, SetField | SetTask | SetRow) else ""
        if isinstance(edit, SetTask) and edit.detail == "repeat":
            return describe_repeat(value, self.words)
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
        if not isinstance(node, Kpi) or column not in KPI_TEXTS:
            return value or ""
        # mypy cannot see that a column is one of the dataclass's names
        return self.labels.kpi(replace(node, **{column: value}), column)  # type: ignore[arg-type]

    def _name(self, node_id: str) -> str:
        node = self.index.node(node_id)
        if node is None:
            return self.index.label(node_id) or self.words("change.gone")
        name, above = self.labels.of(node), self.index.above(node_id)
        if isinstance(node, Reading) and (day := iso_day(node.day)):
            return self.words("change.reading", value=name or NONE, day=self.words.day(day))
        if isinstance(node, Measurement):
            return measurement_name(node, self.words)
        if isinstance(node, CalculatorRow) and above:
            return " · ".join((self.labels.of(above), name))
        if isinstance(node, Note) and isinstance(above, Task):
            return self.words("change.note_on", note=one_line(name), task=one_line(self.labels.of(above)))
        return name

    def _change_text(
        self, action: str, node_id: str, detail: str = "", old: str = "", new: str = "", **facts: object
    ) -> ChangeText:
        home = self.index.home(node_id)
        own = node_id not in ("", self.index.roadmap.id)
        place = str(facts.pop("place", one_line(self._name(node_id)) if own else ""))
        place = f"{place} · {detail}" if detail else place
        shown = {"place": place, "old": one_line(old) or NONE, "new": one_line(new) or NONE}
        if action == "set":
            facts["to"] = arrow(old, new, self.words.direction)
        sentence = self.words(f"change.{action}", **shown, **facts)
        above = (home.id, self.labels.of(home)) if home else ("", "")
        return ChangeText(action, node_id, *above, place, old, new, sentence)
