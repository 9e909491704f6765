"""The edits that commands ask for, of nodes that they name by an id or by words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.edits import Edit, Rename, SetKpi, Tick, between
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Reading, Roadmap, Stage, Task
from lfroadmap.roadmap.named_nodes import nodes_named
from lfroadmap.roadmap.notes import new_note
from lfroadmap.roadmap.progress import number_in
from lfroadmap.roadmap.repeats import series
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.task_line import match_owner, owners_of, read_task_line
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.ticking import ticked
from lfroadmap.roadmap.tree import Place, find
from lfroadmap.text import match_key, one_line
from lfroadmap.usecases.dated_values import edits_of_day, newest_day, past_day
from lfroadmap.words import LANGUAGES, Words

NEW_CARD_FIELDS = (("owner", "text"), ("deadline", "date"))
"""Role and kind of the fields that a new card has."""
_MOST_LISTED = 20
"""Nodes that an ambiguous name is answered with at most."""


class Made(NamedTuple):
    """An edit, and the ids of the nodes that it is about."""

    edit: Edit
    nodes: tuple[str, ...]


def never(kpi: Kpi) -> date | None:
    """The day of no value of a KPI."""
    return None


class EditSource(NamedTuple):
    """Who makes edits, and when."""

    today: date
    now: datetime
    new_id: Callable[[], str]
    author: str = ""
    typed_on: Callable[[Kpi], date | None] = never
    """Returns the last day on which a KPI's current value was typed; None where none was."""


class PlanEdits:
    """Makes edits of a roadmap; every method raises RoadmapError where a name means no node, or several.

    The edits are not applied. Names are taken in every language that the template has.
    """

    def __init__(self, roadmap: Roadmap, words: Words, source: EditSource) -> None:
        self.roadmap = roadmap
        self.words = words
        self.source = source
        self.today = source.today
        self.new_id = source.new_id
        self.labels = Labels(roadmap.template, words.language)
        self._all_labels = tuple(Labels(roadmap.template, language) for language in LANGUAGES)

    def after(self, edit: Edit) -> PlanEdits:
        """The same for the roadmap that an edit leaves."""
        return PlanEdits(edit.on(self.roadmap), self.words, self.source)

    # tasks

    def add_task(self, card: str, typed: str, *, due: str | None = None, owner: str | None = None) -> Made:
        """A task at the end of a card's checklist; `typed` may name its owner and its day."""
        owners = owners_of(self.roadmap)
        line = read_task_line(typed, self.today, owners)
        if not line.text:
            raise UsageError("task_empty")
        task = Task(
            self.new_id(),
            line.text,
            due=self.day(due) if due else line.due or "",
            owner=match_owner(" ".join(owner.split()), owners) if owner else line.owner or "",
        )
        return Made(Add(task, self.one(Card, card).node.id), (task.id,))

    def tick(self, task: str, *, done: bool = True) -> Made:
        """A task done, or not done; one that repeats makes the next one when it is done."""
        place = self.one(Task, task, done=not done)
        node, above = place.node, find(self.roadmap, place.parent)
        assert isinstance(node, Task) and above is not None and isinstance(above.node, Card)
        if node.done == done:  # a task that is done stays done on its day
            return Made(Tick(node.id, done, node.done_on), (node.id,))
        return Made(ticked(above.node, node, self.today.isoformat(), self.labels, done=done), (node.id,))

    def move_task(self, task: str, card: str) -> Made:
        """A task at the end of another card's checklist."""
        node, to = self.one(Task, task).node, self.one(Card, card).node
        return Made(Move(node.id, to.id), (node.id,))

    # values

    def set_field(self, named: str, typed: str) -> Made:
        """A field of a card with another value; `named` is `CARD.FIELD`, or the field's id.

        A day, a number or an option that cannot be understood is refused.
        """
        field = self._field(named)
        value = self._value(field, typed)
        return Made(Batch(tuple(between(field, replace(field, value=value)))), (field.id,))

    def set_kpi(self, named: str, typed: str, at: str | None = None) -> Made:
        """A KPI with another current value; or with one for a day, which is the current one if none is later.

        Raises UsageError for a day that is yet to come.
        """
        kpi, value = self.one(Kpi, named).node, " ".join(typed.split())
        assert isinstance(kpi, Kpi)
        if at is None:
            return Made(SetKpi(kpi.id, "current", value), (kpi.id,))
        newest = newest_day(kpi, self.source.typed_on(kpi), self.today)
        reading = Reading(self.new_id(), value, past_day(self.day(at), at, self.today))
        return Made(Batch(edits_of_day(kpi, reading, newest)), (kpi.id,))

    # notes

    def add_note(self, named: str, text: str) -> Made:
        """A note on a task or a card, above the others."""
        if not text.strip():
            raise UsageError("note_empty")
        node = self.one((Card, Task), named).node
        note = new_note(self.new_id(), text, self.source.author, self.source.now)
        return Made(Add(note, node.id, ""), (note.id,))

    def _field(self, named: str) -> Field:
        if (place := find(self.roadmap, named)) and isinstance(place.node, Field):
            return place.node
        card, dot, label = named.rpartition(".")
        if not dot or not card or not label:
            raise UsageError("field_form", name=one_line(named))
        above = self.one(Card, card).node
        field = self.one(Field, label, above).node
        assert isinstance(field, Field)
        return field

    def _value(self, field: Field, typed: str) -> str:
        """The value as the screen stores it; raises UsageError."""
        text = typed if field.kind == "long" else " ".join(typed.split())
        if not text.strip():
            return ""
        if field.kind == "date":
            return self.day(text)
        if field.kind == "number" and number_in(text) is None:
            raise UsageError("field_number", name=self.name(field), value=one_line(typed))
        if field.kind == "choice":
            return self._option(field, text)
        return match_owner(text, owners_of(self.roadmap)) if field.role == "owner" else text

    def _option(self, field: Field, typed: str) -> str:
        for option in field.options:
            names = {match_key(labels.option(field, option)) for labels in self._all_labels}
            if match_key(typed) in {match_key(option), *names}:
                return option
        known = ", ".join(one_line(self.labels.option(field, option)) for option in field.options)
        raise UsageError("field_option", name=self.name(field), value=one_line(typed), known=known)

    def day(self, typed: str) -> str:
        """A day as it is stored; raises UsageError."""
        try:
            return read_day(typed, self.today).isoformat()
        except NotADay as error:
            reason = self.words(f"date.{error.reason}")
            raise UsageError("not_a_day", value=one_line(typed), reason=reason) from error

    # stages and cards

    def add_stage(self, title: str) -> Made:
        """A stage behind the others."""
        stage = Stage(self.new_id(), checked_title(title))
        return Made(Add(stage, self.roadmap.id), (stage.id,))

    def add_card(self, title: str, stage: str) -> Made:
        """A card at the end of a stage, with an owner and a deadline to fill in."""
        fields = tuple(
            Field(self.new_id(), kind, role, self.words(f"sheet.{role}"))  # type: ignore[arg-type]
            for role, kind in NEW_CARD_FIELDS
        )
        card = Card(self.new_id(), checked_title(title), fields)
        return Made(Add(card, self.one(Stage, stage).node.id), (card.id,))

    def rename(self, kind: type, named: str, title: str) -> Made:
        """A stage or a card with another title."""
        node = self.one(kind, named).node
        return Made(Rename(node.id, checked_title(title)), (node.id,))

    def remove(self, kind: type, named: str) -> Made:
        """A stage or a card removed, with everything in it."""
        node = self.one(kind, named).node
        return Made(Remove(node.id), (node.id,))

    # names

    def one(
        self, kind: type | tuple[type, ...], wanted: str, above: Node | None = None, *, done: bool = False
    ) -> Place:
        """The one node of a class, or of several, that a text means.

        Of the tasks that came of one that repeats it is the open one, or the one that is `done`.
        """
        found = nodes_named(self.roadmap, kind, wanted, self._all_labels, above.id if above else "")
        found = _of_series(found, done=done) or found
        if len(found) == 1:
            return found[0]
        kinds = (kind,) if isinstance(kind, type) else kind
        name = "_or_".join(each.__name__.lower() for each in kinds)
        if not found:
            raise RoadmapError(f"no_such_{name}", name=one_line(wanted))
        listed = "\n".join(self._listed(place) for place in found[:_MOST_LISTED])
        more = (
            self.words.plural("error.more_named", len(found) - _MOST_LISTED)
            if len(found) > _MOST_LISTED
            else ""
        )
        raise UsageError("several_named", name=one_line(wanted), found=f"{listed}\n{more}".rstrip("\n"))

    def _listed(self, place: Place) -> str:
        above = find(self.roadmap, place.parent)
        inside = f" ({self.name(above.node)})" if above else ""
        return f"  {place.node.id}  {self.name(place.node)}{inside}"

    def name(self, node: Node) -> str:
        """The name of a node in the language of the person."""
        return one_line(self.labels.of(node))


def _of_series(found: tuple[Place, ...], *, done: bool) -> tuple[Place, ...]:
    """The one that is meant where all that are found came of one task that repeats; else none."""
    tasks = [place.node for place in found if isinstance(place.node, Task)]
    if len(found) < 2 or len(tasks) < len(found) or len({series(task.id) for task in tasks}) > 1:
        return ()
    meant = [place for place, task in zip(found, tasks, strict=True) if task.done == done]
    return tuple(meant) if len(meant) == 1 else ()


def checked_title(typed: str) -> str:
    """A title as it is stored; raises UsageError where it is empty."""
    title = " ".join(typed.split())
    if not title:
        raise UsageError("title_empty")
    return title
