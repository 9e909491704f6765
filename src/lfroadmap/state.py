"""The state kept between two runs: open roadmap and tabs, what was chosen last, saved filters, hidden steps.

It is one file, `state.json` in the data folder, which only this module reads and writes. Losing it costs no
work, so reading it never fails; a file that this module has not written is set aside before it is replaced.
"""

from __future__ import annotations

import json
import os
from _thread import allocate_lock  # threading's lock, without loading threading for each command
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from lfroadmap.files import replace_file
from lfroadmap.paths import is_endless, is_file

Kept = dict[str, Any]
_WRITING = allocate_lock()
"""Held from reading the file to replacing it: two threads that note something must not lose each other's."""
_LAYOUTS = 50
"""Number of layouts of tables that are remembered, the latest."""


class ExportState(NamedTuple):
    """The choices of the last export."""

    format: str = ""
    folder: str = ""
    open_after: bool = False
    long_texts: bool = True
    history: bool = False
    roadmap: str = ""
    """Id of the roadmap whose stages were chosen."""
    stages: tuple[str, ...] = ()
    """Ids of the chosen stages; none stands for all."""


class State:
    """The state in a file, which is read for each question and written as a whole for each change."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def last(self) -> str:
        """Name of the roadmap that was open last; empty where it is not known."""
        return _text(self._read().get("last"))

    @property
    def recent(self) -> tuple[str, ...]:
        """Names of the roadmaps that were open, the latest first; some may be gone."""
        return tuple(reversed(_table(self._read().get("tabs"))))

    def tab(self, name: str) -> str:
        """The tab that a roadmap was left on; empty where it is not known."""
        return _text(_table(self._read().get("tabs")).get(name))

    @property
    def export(self) -> ExportState | None:
        """The choices of the last export; None before the first."""
        kept = self._read().get("export")
        return _export(kept) if isinstance(kept, dict) else None

    def is_dismissed(self, roadmap_id: str) -> bool:
        """True if the first steps of a roadmap were hidden."""
        return roadmap_id in _texts(self._read().get("dismissed"))

    def dismiss(self, roadmap_id: str, report: Callable[[Path], None]) -> bool:
        """Note that the first steps of a roadmap are not to be shown again; as `remember_tab`."""

        def dismissed(kept: Kept) -> Kept:
            others = [each for each in _texts(kept.get("dismissed")) if each != roadmap_id]
            return {"dismissed": [*others, roadmap_id]}

        return self._write(dismissed, report)

    @property
    def tour_ended(self) -> bool:
        """True if the tour was taken: it is not offered again."""
        return self._read().get("tour") == "ended"

    def end_tour(self, report: Callable[[Path], None]) -> bool:
        """Note that the tour is not to be offered again; as `remember_tab`."""
        return self._write(lambda _: {"tour": "ended"}, report)

    def columns(self, layout: str) -> tuple[tuple[str, str], ...]:
        """The roles of columns and their headings that were chosen for tables of a layout."""
        kept = _table(_table(self._read().get("columns")).get(layout))
        return tuple((role, head) for role, head in kept.items() if isinstance(head, str))

    def remember_columns(
        self, layout: str, columns: tuple[tuple[str, str], ...], report: Callable[[Path], None]
    ) -> bool:
        """Note what the columns of a layout stand for; as `remember_tab`."""

        def latest(kept: Kept) -> Kept:
            others = [(name, known) for name, known in _table(kept.get("columns")).items() if name != layout]
            return {"columns": dict([*others, (layout, dict(columns))][-_LAYOUTS:])}

        return self._write(latest, report)

    @property
    def filters(self) -> dict[str, Kept]:
        """Name of a saved filter -> the parts of it, in the order in which they were saved."""
        kept = _table(self._read().get("filters"))
        return {name: parts for name, parts in kept.items() if isinstance(parts, dict)}

    def remember_filter(self, name: str, parts: Kept | None, report: Callable[[Path], None]) -> bool:
        """Note a filter under a name, or forget it where there are no parts; as `remember_tab`."""

        def changed(kept: Kept) -> Kept:
            others = {each: known for each, known in _table(kept.get("filters")).items() if each != name}
            return {"filters": others if parts is None else others | {name: parts}}

        return self._write(changed, report)

    def remember_tab(self, name: str, tab: str, report: Callable[[Path], None]) -> bool:
        """Note which roadmap is open, on which tab; False where the disk did not take the note.

        `report` is called with the path of a foreign file that was set aside.
        """

        def opened(kept: Kept) -> Kept:
            others = {each: left for each, left in _table(kept.get("tabs")).items() if each != name}
            return {"last": name, "tabs": others | {name: tab}}

        return self._write(opened, report)

    def remember_export(self, export: ExportState, report: Callable[[Path], None]) -> bool:
        """Note the choices of an export; as `remember_tab`."""
        choices = export._asdict() | {"stages": list(export.stages)}
        return self._write(lambda _: {"export": choices}, report)

    def _read(self) -> Kept:
        return self._load() or {}

    def _load(self) -> Kept | None:
        """The content of the file; nothing where it is missing or empty, None where it has none of ours."""
        if is_endless(self._path):
            return None
        try:
            source = self._path.read_bytes()
            kept = json.loads(source) if source.strip() else {}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            return None
        return kept if isinstance(kept, dict) else None

    def _write(self, changed: Callable[[Kept], Kept], report: Callable[[Path], None]) -> bool:
        with _WRITING:
            return self._replace(changed, report)

    def _replace(self, changed: Callable[[Kept], Kept], report: Callable[[Path], None]) -> bool:
        known = self._load()
        changes = changed(known or {})
        ours = _without_foreign(known or {})
        if known == ours | changes:
            return True
        try:
            if known != ours and is_file(self._path):
                report(self._set_aside())
            replace_file(self._path, json.dumps(ours | changes, ensure_ascii=False, indent=1) + "\n")
        except (OSError, UnicodeEncodeError):  # a folder's name that is no UTF-8
            return False
        return True

    def _set_aside(self) -> Path:
        """Rename the file to an unused name, and return its new path."""
        stem = f"{self._path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S}"
        names = (f"{stem}{end}{self._path.suffix}" for end in ("", *(f"-{n}" for n in range(2, 1000))))
        aside = next(path for path in map(self._path.with_name, names) if not os.path.lexists(path))
        self._path.rename(aside)
        return aside


def _without_foreign(kept: Kept) -> Kept:
    """The entries without those that are not as they are written here; a later version may add others."""
    forms = {"last": str, "tabs": dict, "export": dict, "dismissed": list, "columns": dict, "filters": dict}
    right = {name: value for name, value in kept.items() if isinstance(value, forms.get(name, object))}
    if not _are_texts(_table(right.get("tabs")).values()):
        del right["tabs"]
    return right


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _table(value: object) -> Kept:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _export(kept: Kept) -> ExportState:
    """The choices; the default of each whose form is wrong."""
    first = ExportState()
    stages = kept.get("stages")
    kept = kept | {"stages": tuple(stages) if isinstance(stages, list) and _are_texts(stages) else ()}
    fields = first._asdict()
    return ExportState(
        **{
            name: kept[name] if type(kept.get(name)) is type(value) else value
            for name, value in fields.items()
        }
    )
