"""Replacing a small file as a whole: a reader, or a power cut, finds the old one or the new one."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from lfroadmap.paths import resolved


def replace_file(path: Path, text: str) -> None:
    """Put `text` (UTF-8) in the place of `path`, on the disk when this returns; raises OSError.

    A symbolic link stays one (settings often live elsewhere), and a file keeps its permissions.
    """
    target = resolved(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}-{time.time_ns()}")
    try:
        _write(beside, text)
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
