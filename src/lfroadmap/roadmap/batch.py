"""Several edits that are done, shown and undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.roadmap.edit import Edit, OfRoadmap
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.surrogates import hold_storable

if TYPE_CHECKING:
    from lfroadmap.roadmap.draft import Draft


@dataclass(frozen=True, slots=True)
class Batch(Edit):
    """Edits that are one: all of them, in order."""

    edits: tuple[Edit, ...] = ()

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap after all of them."""
        draft = _draft(roadmap)
        draft.do(self)
        return draft.roadmap()

    def inverse(self, roadmap: Roadmap) -> Edit:
        """All of them taken back, last first."""
        return Batch(_draft(roadmap).undoing(self))

    def touches(self) -> tuple[str, str]:
        """What the first of them touches."""
        return self.edits[0].touches() if self.edits else ("", "")

    def singles(self) -> Iterator[Edit]:
        """All that they are made of."""
        for edit in self.edits:
            yield from edit.singles()


@dataclass(frozen=True, slots=True)
class ResetAll(OfRoadmap):
    """Bring everything back to `fresh`: fields and checks emptied, own nodes out, removed ones back in."""

    fresh: Roadmap

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap as on its first day."""
        return Batch(self.singles_on(roadmap)).on(roadmap)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """All that was there before."""
        return Batch(self.singles_on(roadmap)).inverse(roadmap)

    def touches(self) -> tuple[str, str]:
        """The whole roadmap."""
        return "", "reset"

    def singles_on(self, roadmap: Roadmap) -> tuple[Edit, ...]:
        """What differs from the first day."""
        from lfroadmap.roadmap.difference import difference  # noqa: PLC0415 - not before the first screen

        return difference(roadmap, self.fresh)


def _draft(roadmap: Roadmap) -> Draft:
    """A roadmap that many edits can be done to without copying it for each."""
    from lfroadmap.roadmap.draft import Draft  # noqa: PLC0415 - not before the first screen

    return Draft(roadmap)


def is_nested_within(edit: Edit, most: int) -> bool:
    """Whether edits hold edits only so many times over."""
    if not isinstance(edit, Batch):
        return True
    return most > 0 and all(is_nested_within(part, most - 1) for part in edit.edits)
