"""Changes of a roadmap's structure, drawn by chance, as the commands make them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kind, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import Place, find, ids_under, places
from lfroadmap.usecases.field_edits import FieldShape, add_field, reshape, shape_of
from lfroadmap.usecases.plan_edits import EditSource, PlanEdits
from lfroadmap.usecases.structure_edits import duplicate_behind, move_under, parents_for, shift
from lfroadmap.words import words

LABELS = Labels("", "en")
KINDS: tuple[Kind, ...] = ("text", "long", "date", "number", "choice")
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)


def card(name: str) -> Card:
    """A card with a short field, a long one and a task."""
    fields = (Field(f"{name}f", label="F", value="typed"), Field(f"{name}l", "long", label="L", value="a\nb"))
    return Card(name, f"Card {name}", fields, (Task(f"{name}t", "task"),))


PLAN = Roadmap(
    "r", "Plan", "", tuple(Stage(f"s{n}", f"S{n}", (card(f"a{n}"), card(f"b{n}"))) for n in (0, 1))
)


class Hand:
    """Somebody who changes the structure; all that they add and type has their name in it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._count = count(1)

    def new(self) -> str:
        """The next id, which is a text to type too."""
        return f"{self.name}{next(self._count)}"

    def edit(self, roadmap: Roadmap, chance: random.Random, inside: Node | None = None) -> Edit | None:
        """A change of structure, or something typed or ticked; None where it comes to nothing.

        With `inside`, of that node or of something in it.
        """
        ids = set(ids_under(inside)) if inside else None
        found = tuple(place for place in places(roadmap) if ids is None or place.node.id in ids)
        way = chance.randrange(10)
        if not found or way == 0:
            return self._added(roadmap, chance)
        place = chance.choice(found)
        if way in (1, 2):
            return duplicate_behind(place, f"copy {self.new()}", LABELS, self.new).edit
        if way == 3:
            made = shift(roadmap, place, chance.choice((-1, 1)))
            return made.edit if made else None
        if way in (4, 5) and not isinstance(place.node, Stage):
            parents = [parent.id for parent in parents_for(roadmap, type(place.node))]
            return move_under(place, chance.choice(parents)).edit if parents else None
        if way == 6 and chance.random() < 0.6:
            return Remove(place.node.id)
        return self._value(roadmap, place, chance)

    def _added(self, roadmap: Roadmap, chance: random.Random) -> Edit:
        made = PlanEdits(roadmap, words("en"), EditSource(TODAY, NOW, self.new, self.name))
        cards = [place.node for place in places(roadmap) if isinstance(place.node, Card)]
        if roadmap.stages and chance.random() < 0.3:
            return made.add_card(self.new(), chance.choice(roadmap.stages).id).edit
        if not cards or chance.random() < 0.3:
            return made.add_stage(self.new()).edit
        under = chance.choice(cards)
        assert isinstance(under, Card)
        if chance.random() < 0.3:
            return made.add_note(chance.choice((under, *under.tasks)).id, self.new()).edit
        if chance.random() < 0.5:
            return Add(Task(self.new(), self.new()), under.id)
        return add_field(under, FieldShape(self.new(), chance.choice(KINDS[:4])), self.new).edit

    def _value(self, roadmap: Roadmap, place: Place, chance: random.Random) -> Edit:
        node = place.node
        if chance.random() < 0.2:
            return Rename(node.id, self.new())
        if isinstance(node, Field) and chance.random() < 0.5:
            return reshaped(roadmap, place, chance)
        if isinstance(node, Field):
            long = node.kind == "long"
            return SpliceText(node.id, 1, 1, self.new()) if long else SetField(node.id, self.new())
        if isinstance(node, Task) and chance.random() < 0.5:
            return SetTask(node.id, "owner", self.new())
        return Tick(node.id, True, "2026-01-01") if isinstance(node, Task) else Rename(node.id, self.new())


def reshaped(roadmap: Roadmap, place: Place, chance: random.Random) -> Edit:
    """A field with another kind and label."""
    above = find(roadmap, place.parent)
    assert above is not None
    assert isinstance(above.node, Card)
    assert isinstance(place.node, Field)
    wanted = shape_of(place.node, LABELS)._replace(
        kind=chance.choice(KINDS), options=("typed", "other"), label=chance.choice("FGH")
    )
    if wanted.role:  # a field that was moved may have come to one of its role, and has no other kinds
        wanted = wanted._replace(role="", kind=place.node.kind)
    return reshape(above.node, place, wanted, LABELS, TODAY).edit


def words_in(roadmap: Roadmap) -> set[str]:
    """The words of anybody's hand in the texts of a roadmap."""
    return {
        word for place in places(roadmap) for text in _texts_of(place.node) for word in words_in_text(text)
    }


def words_in_text(text: str) -> set[str]:
    """The words of anybody's hand in a text."""
    return set(re.findall(r"(?:dana|noa|avi)\d+", text))


def _texts_of(node: Node) -> Iterator[str]:
    for name in ("title", "text", "label", "value", "owner"):
        if text := getattr(node, name, None):
            yield text
