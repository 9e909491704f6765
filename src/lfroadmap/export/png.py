"""The picture of the timeline in pixels, as a rasterizer that is installed draws it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from lfroadmap.errors import RoadmapError
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.programs import Known, Program, find, run

ZOOM = 2
"""Pixels of the file a pixel of the picture: sharp on slides and on fine screens."""
_LIBRARY: Final = "resvg_py"
_KNOWN: Final = (
    Known("librsvg", ("rsvg-convert",)),
    Known("resvg", ("resvg",)),
    Known("Inkscape", ("inkscape",), ("Inkscape.app/Contents/MacOS/inkscape", "Inkscape/bin/inkscape.com")),
)
_ARGUMENTS: Final = {
    "librsvg": [f"--zoom={ZOOM}", "--format=png"],
    "resvg": [f"--zoom={ZOOM}", "-", "-c"],
    "Inkscape": ["--pipe", "--export-type=png", f"--export-dpi={96 * ZOOM}", "--export-filename=-"],
}


def maker() -> Program:
    """The library or program that makes a PNG here; raises RoadmapError where there is none."""
    if find_spec(_LIBRARY):
        return Program("resvg", "")
    program = find(_KNOWN)
    if program is None:
        raise RoadmapError("needs_png")
    return program


def png(picture: str, progress: ExportProgress) -> bytes:
    """A picture of ours as a PNG; raises RoadmapError, and Cancelled as `progress` says."""
    program = maker()
    if program.path:
        return run(program, _ARGUMENTS[program.name], picture.encode(), progress)
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra

    try:
        return bytes(svg_to_bytes(svg_string=picture, zoom=ZOOM))
    except ValueError as error:
        raise RoadmapError("program_failed", program=program.name, reason=str(error)) from error
