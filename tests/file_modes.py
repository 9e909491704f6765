"""Permissions of files: reading them, and setting what new files get."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="gives files to other users, which only root can")
NOBODY, STRANGER, TEAM = 65534, 12345, 54321


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    """The permissions of all that is below a folder."""
    return {path.relative_to(folder).as_posix(): mode(path) for path in folder.rglob("*")}


@contextmanager
def umask(bits: int) -> Iterator[None]:
    old = os.umask(bits)
    try:
        yield
    finally:
        os.umask(old)
