"""The tool that exports: into the folders that the person named, and over no file."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import REMARKS_SCHEMA, ROADMAP_SCHEMA, Json
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.export import FORMATS
from lfroadmap.paths import absolute, is_folder, resolved, typed_path
from lfroadmap.store.folder.naming import is_valid_name
from lfroadmap.text import one_line
from lfroadmap.usecases.export_set import ExportSource, file_name, write_files

EXPORT_SCHEMA: Json = {
    "type": "object",
    "properties": {
        "roadmap": ROADMAP_SCHEMA,
        "path": {"type": "string", "description": "The file that was written."},
        "remarks": REMARKS_SCHEMA,
    },
    "required": ["roadmap", "path"],
    "additionalProperties": False,
}


def export(desk: Desk, given: Values) -> Json:
    """Write a file of a roadmap; raises RoadmapError where it may not be there, or is there already."""
    wanted = given["format"]
    if wanted not in FORMATS:
        raise UsageError("no_format", name=one_line(wanted), known=", ".join(FORMATS))
    name = desk.chosen(given.get("in"))
    point = desk.point(name, given.get("at"))
    path = allowed_path(given.get("file") or file_name(name, wanted, point.day), wanted, desk.folders)
    source = ExportSource(point, desk.library.path(name), desk.words, desk.settings.thresholds)
    (result,) = write_files(source.context((wanted,)), {wanted: path}, lambda path: False)
    if result.error:
        raise result.error
    return {"roadmap": name, "path": str(path)}


def allowed_path(typed: str, wanted: str, folders: tuple[Path, ...]) -> Path:
    """The file that a text means, in one of the folders or below it; a relative one is in the first.

    Its folder is compared as the disk knows it, so that links, `..` and other cases of letters lead nowhere
    else. Raises RoadmapError.
    """
    path = typed_path(typed)
    suffix = "." + FORMATS[wanted].suffix.rpartition(".")[2]
    if "\0" in typed or not is_valid_name(path.name) or path.suffix.lower() != suffix:
        raise UsageError("assistant_file_name", name=one_line(typed), suffix=suffix)
    full = path if path.is_absolute() else folders[0] / path
    parent = resolved(absolute(full.parent))
    if not any(_is_same(above, folder) for above in (parent, *parent.parents) for folder in folders):
        raise RoadmapError("assistant_folder", path=one_line(str(full)), known=list(map(str, folders)))
    target = parent / path.name
    if _is_there(target):
        raise RoadmapError("assistant_file_exists", path=one_line(str(target)))
    return target


def _is_same(one: Path, other: Path) -> bool:
    return is_folder(one) and is_folder(other) and one.samefile(other)


def _is_there(path: Path) -> bool:
    """True also for a link that leads nowhere, through which a file would be made elsewhere."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise RoadmapError("cannot_write", path=one_line(str(path)), reason=error.strerror) from error
    return True
