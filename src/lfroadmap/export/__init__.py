"""Snapshots of a roadmap as files: one face a module, all of them in the table `FORMATS`.

Reading them back is in `export.snapshot`: who only writes does not wait for it.
"""

from __future__ import annotations

from lfroadmap.export.context import Snapshot
from lfroadmap.export.formats import (
    FORMATS,
    Format,
    render,
    the_set,
    write,
    write_all,
    write_somewhere,
)
from lfroadmap.export.writing import default_name, put

__all__ = [
    "FORMATS",
    "Format",
    "Snapshot",
    "default_name",
    "put",
    "render",
    "the_set",
    "write",
    "write_all",
    "write_somewhere",
]
