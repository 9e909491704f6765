"""Saving what can be saved of a damaged file, and saying what that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext
from lfroadmap.cli.output import print_json
from lfroadmap.paths import absolute, exists, typed_path
from lfroadmap.store.folder.naming import is_valid_name

if TYPE_CHECKING:
    from lfroadmap.store.recovery.rescue import Findings

DONE, NOT_DONE = 0, 1


def rescue_file(context: AnyContext, named: str, *, check: bool, as_json: bool) -> int:
    """Say whether a file is sound; of a damaged one, save what can be saved. With --check only look."""
    from lfroadmap.store.recovery.interrupted import recover_file
    from lfroadmap.store.recovery.rescue import examine, rescue

    path = _path(context, named)
    if not check:
        recover_file(path, context.notify)
        unprinted: list[OSError] = []
        rescue(path, lambda found: _try_to_print(context, found, as_json, unprinted))
        if unprinted:
            raise unprinted[0]
        return DONE
    found = examine(path)
    _print(context, found, as_json)
    return DONE if found.sound else NOT_DONE


def _try_to_print(context: AnyContext, found: Findings, as_json: bool, unprinted: list[OSError]) -> None:
    """Print, and keep the error of an output that takes nothing apart from those of the file."""
    try:
        _print(context, found, as_json)
    except OSError as error:
        unprinted.append(error)


def _print(context: AnyContext, found: Findings, as_json: bool) -> None:
    if as_json:
        print_json(_plain(found))
    else:
        from lfroadmap.usecases.rescue_lines import findings

        for line in findings(found, context.words):
            context.output.text(line)


def _path(context: AnyContext, named: str) -> Path:
    """A file, or the file of a roadmap that is called so."""
    path = typed_path(named)
    if not exists(path) and is_valid_name(named) and (name := context.library.named(named)):
        return context.library.path(name)
    return absolute(path)


def _plain(found: Findings) -> dict[str, object]:
    return {
        "path": str(found.path),
        "sound": found.sound,
        "whole": found.whole,
        "changes": found.changes,
        "lost_changes": found.lost,
        "left_out": found.left_out,
        "foreign_log": found.foreign_log,
        "set_aside": str(found.aside) if found.aside else None,
    }
