"""Several edits that are applied, shown and undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.roadmap.edit import Edit, RoadmapEdit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.surrogates import make_storable

if TYPE_CHECKING:
    from lfroadmap.roadmap.draft import Draft


@dataclass(frozen=True, slots=True)
class Batch(Edit):
    """A sequence of edits that counts as one."""

    edits: tuple[Edit, ...] = ()
    template: str = ""
    """The template by which the edits update the roadmap; empty for edits of a person."""

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap after all the edits, in order."""
        draft = _draft(roadmap)
        draft.apply(self)
        return draft.roadmap()

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The inverses of all the edits, last first."""
        return Batch(_draft(roadmap).apply_and_invert(self))

    def touches(self) -> tuple[str, str]:
        """The node and attribute of the first edit."""
        return self.edits[0].touches() if self.edits else ("", "")

    def singles(self) -> Iterator[Edit]:
        """The edits in it, flattened."""
        for edit in self.edits:
            yield from edit.singles()


@dataclass(frozen=True, slots=True)
class ResetAll(RoadmapEdit):
    """Reset the roadmap to `fresh`: empty fields and checks, remove added nodes, add removed ones."""

    fresh: Roadmap

    def __post_init__(self) -> None:
        make_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap as `fresh` has it."""
        return Batch(self.singles_on(roadmap)).on(roadmap)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edits that bring back the state before the reset."""
        return Batch(self.singles_on(roadmap)).inverse(roadmap)

    def touches(self) -> tuple[str, str]:
        """The whole roadmap."""
        return "", "reset"

    def singles_on(self, roadmap: Roadmap) -> tuple[Edit, ...]:
        """The edits that turn `roadmap` into `fresh`."""
        from lfroadmap.roadmap.difference import difference  # noqa: PLC0415 - not before the first screen

        return difference(roadmap, self.fresh)


def _draft(roadmap: Roadmap) -> Draft:
    """A mutable copy that many edits are applied to without copying the roadmap for each."""
    from lfroadmap.roadmap.draft import Draft  # noqa: PLC0415 - not before the first screen

    return Draft(roadmap)


def is_nested_within(edit: Edit, most: int) -> bool:
    """True if batches are nested at most `most` deep."""
    if not isinstance(edit, Batch):
        return True
    return most > 0 and all(is_nested_within(part, most - 1) for part in edit.edits)
