"""A person's own templates: TOML files in a folder beside the settings, read only when they are asked for."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.files import make_private_folder, write_whole
from lfroadmap.paths import exists, is_file, is_folder, is_text, resolved
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.own_templates.checking import faults_in
from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.own_templates.toml_lines import lines_of, without_strings
from lfroadmap.settings import EXTREME, config_folder, deepest_line
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.folder.naming import is_valid_name

FOLDER = "templates"
"""Its name beside the settings."""
SUFFIX = ".toml"
LARGEST = 4 * 1024 * 1024
"""Most bytes of a template."""
_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
"""The place in a message of `tomllib`."""


@dataclass(frozen=True, slots=True)
class BrokenTemplate:
    """A file in the folder that cannot be used, and why."""

    name: str
    error: RoadmapError


def template_path(name: str) -> Path:
    """Where the template of a name is, or would be; raises RoadmapError."""
    return config_folder() / FOLDER / f"{name}{SUFFIX}"


def own_names() -> tuple[str, ...]:
    """The names of all files there, also of broken ones; none where there is no folder that can be read."""
    try:
        return tuple(name for name, _ in _files())
    except RoadmapError:  # `own_templates` says it, and whatever asks for one of them
        return ()


def own_templates() -> tuple[OwnTemplate | BrokenTemplate, ...]:
    """All of them by name; one that is broken hinders no other, and a folder that is counts as one."""
    try:
        return tuple(_read_or_broken(name, path) for name, path in _files())
    except RoadmapError as error:
        return (BrokenTemplate(FOLDER, error),)


def usable_templates() -> tuple[OwnTemplate, ...]:
    """Those from which a roadmap can be made."""
    return tuple(each for each in own_templates() if isinstance(each, OwnTemplate))


def own_template(name: str) -> OwnTemplate | None:
    """The template of a name; None where there is no such file. Raises RoadmapError for a broken one."""
    path = dict(_files()).get(nfc(name))
    return None if path is None else _read(nfc(name), path)


def check_name(name: str) -> str:
    """A name that a new template can have, in composed form; raises RoadmapError."""
    name = nfc(name)
    if not is_valid_name(name, is_new=True):
        raise RoadmapError("template_name_unfit", name=name)
    if name in templates.names():
        raise RoadmapError("template_name_built_in", name=name)
    return name


def write_template(name: str, text: str, *, replace: bool) -> Path:
    """Write a template, atomically and readable for its owner only; raises RoadmapError.

    An existing one is replaced only with `replace`.
    """
    path = template_path(name)
    if len(text.encode()) > LARGEST:
        raise RoadmapError("template_large", path=path, limit=LARGEST >> 20)
    try:
        target = resolved(path) if replace else path
        make_private_folder(target.parent)
        write_whole(target, text.encode(), replace=replace, private=True)
    except FileExistsError as error:
        raise RoadmapError("template_exists", name=name, path=path) from error
    except OSError as error:
        raise RoadmapError("template_unwritable", path=path, reason=error.strerror) from error
    return path


def parse_template(name: str, source: str, path: Path) -> OwnTemplate:
    """The template in a source; raises RoadmapError with all its faults."""
    if extreme := EXTREME.search(shown := without_strings(source)):
        line = shown.count("\n", 0, extreme.start()) + 1
        raise _with_faults(path, RoadmapError("template_extreme", line=line))
    try:
        table = tomllib.loads(source)
        faults = faults_in(table, lines_of(source))
    except RecursionError as error:
        raise _with_faults(path, RoadmapError("template_extreme", line=deepest_line(source))) from error
    except tomllib.TOMLDecodeError as error:
        raise _with_faults(path, _syntax_fault(str(error), source)) from error
    if faults:
        raise _with_faults(path, *faults)
    return OwnTemplate(name, table)


def _files() -> Iterator[tuple[str, Path]]:
    """Name and path of each template, by name; of two spellings of a name the first."""
    try:
        with os.scandir(config_folder() / FOLDER) as entries:
            found = sorted(entry.name for entry in entries)
    except (FileNotFoundError, NotADirectoryError):  # nobody made one
        return
    except OSError as error:
        raise RoadmapError(
            "templates_unreadable", path=config_folder() / FOLDER, reason=error.strerror
        ) from error
    names = dict.fromkeys(
        (nfc(file.removesuffix(SUFFIX)), file)
        for file in found
        if file.endswith(SUFFIX) and not file.startswith(".") and is_text(Path(file))
    )
    seen: set[str] = set()
    for name, file in names:
        if name not in seen:
            seen.add(name)
            yield name, config_folder() / FOLDER / file


def _read_or_broken(name: str, path: Path) -> OwnTemplate | BrokenTemplate:
    try:
        return _read(name, path)
    except RoadmapError as error:
        return BrokenTemplate(name, error)


def _read(name: str, path: Path) -> OwnTemplate:
    if name in templates.names():
        raise RoadmapError("template_file_built_in", name=name, path=path)
    if not is_valid_name(name, is_new=True):
        raise RoadmapError("template_file_name", name=name, path=path)
    return parse_template(name, _source(path), path)


def _source(path: Path) -> str:
    if path.is_symlink() and not exists(path):
        raise RoadmapError("template_link", path=path)
    if is_folder(path):
        raise RoadmapError("template_folder", path=path)
    if exists(path) and not is_file(path):
        raise RoadmapError("template_endless", path=path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise RoadmapError("template_unreadable", path=path, reason=error.strerror) from error
    if len(data) > LARGEST:
        raise RoadmapError("template_large", path=path, limit=LARGEST >> 20)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _with_faults(path, RoadmapError("template_not_utf8", line=line)) from error


def _with_faults(path: Path, *faults: RoadmapError) -> RoadmapError:
    return RoadmapError("template_faults", path=path, faults=faults)


def _syntax_fault(message: str, source: str) -> RoadmapError:
    """What the parser says, with its line; at the end of the source that is the last one."""
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else source.rstrip().count("\n") + 1
    return RoadmapError("template_syntax", line=line, reason=_PLACE.sub("", message))
