"""Importing a file into a roadmap: a preview, and changing exactly what the preview shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from lfroadmap.imports.preview import ImportPreview, ImportSource, PreviewContext, preview, read_source

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.words import Words

TRIES = 20
"""How often an import is tried again because others changed the roadmap at the same moment."""

Verdict = Literal["changes", "nothing", "none_taken", "partly"]
"""What a preview comes to: there is something to change; all is there already; no row can be taken; rows are
there already and others cannot be taken."""


def verdict(shown: ImportPreview) -> Verdict:
    """What a preview comes to."""
    if shown.edit.edits:
        return "changes"
    if not shown.left_out:
        return "nothing"
    return "partly" if shown.same else "none_taken"


def row_counts(shown: ImportPreview, words: Words) -> dict[str, str]:
    """The numbers of rows that are there already and that cannot be taken, in words."""
    return {
        "same": words.plural("merge.same", shown.same),
        "left_out": words.plural("merge.skip", shown.left_out),
    }


class ImportResult(NamedTuple):
    """The end of applying a preview."""

    preview: ImportPreview
    """What was applied; otherwise what the file would change by now, to be shown."""
    applied: bool


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file that was read, for a person who looks at its preview."""

    source: ImportSource
    viewer: PreviewContext

    def preview(self, roadmap: Roadmap) -> ImportPreview:
        """The changes of a roadmap; raises RoadmapError for a part of one, or one of another template."""
        return preview(self.source, roadmap, self.viewer)

    def apply(
        self, shown: ImportPreview, current: Callable[[], Roadmap], change: Callable[[ImportPreview], bool]
    ) -> ImportResult:
        """Change what was shown; where the file would change something else by now, nothing.

        `change` changes the roadmap, and returns False where that is not the preview's `before` any more.
        """
        latest = shown
        for _ in range(TRIES):
            if change(latest):
                return ImportResult(latest, True)
            latest = self.preview(current())
            if not latest.looks_like(shown):
                break
        return ImportResult(latest, False)


def read_import(path: str, viewer: PreviewContext, piped: BinaryIO | None = None) -> FileImport:
    """Read a table or a snapshot, out of a pipe where it is not in the file; raises BrokenSnapshot."""
    return FileImport(read_source(path, piped), viewer)
