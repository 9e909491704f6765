"""The page on paper, as a browser or an office prints it into a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from lfroadmap.errors import RoadmapError
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.programs import Known, Program, find, run

_BROWSERS: Final = (
    Known(
        "Chromium",
        ("chromium", "chromium-browser"),
        ("Chromium.app/Contents/MacOS/Chromium", "Chromium/Application/chrome.exe"),
    ),
    Known(
        "Google Chrome",
        ("google-chrome", "google-chrome-stable", "chrome"),
        ("Google Chrome.app/Contents/MacOS/Google Chrome", "Google/Chrome/Application/chrome.exe"),
    ),
    Known(
        "Microsoft Edge",
        ("microsoft-edge", "microsoft-edge-stable", "msedge"),
        ("Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "Microsoft/Edge/Application/msedge.exe"),
    ),
)
_OFFICE: Final = Known(
    "LibreOffice",
    ("soffice", "libreoffice"),
    ("LibreOffice.app/Contents/MacOS/soffice", "LibreOffice/program/soffice.exe"),
)
_PRINTED = 0.9
"""Share of the work that is done when the program has printed."""


def maker() -> Program:
    """The program that makes a PDF here; raises RoadmapError where there is none."""
    program = find((*_BROWSERS, _OFFICE))
    if program is None:
        raise RoadmapError("needs_pdf")
    return program


def pdf(page: str, progress: ExportProgress) -> bytes:
    """A page of ours as a PDF; raises RoadmapError, and Cancelled as `progress` says."""
    program = maker()
    with tempfile.TemporaryDirectory(prefix="lfroadmap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, out = folder / "page.html", folder / "page.pdf"
        source.write_text(page, "utf-8")
        arguments = _by_office if program.name == _OFFICE.name else _by_browser
        run(program, arguments(folder, source, out), progress=progress)
        if not out.is_file():
            raise RoadmapError("program_failed", program=program.name, reason=out.name)
        data = out.read_bytes()
    progress.reach(_PRINTED)
    return data


def _by_browser(folder: Path, source: Path, out: Path) -> list[str]:
    """A window-less browser with a profile of its own, so that one that is open does not matter."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        "--headless",
        *as_root,
        "--disable-gpu",
        "--no-first-run",
        "--disable-extensions",
        f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={out}",
        source.as_uri(),
    ]


def _by_office(folder: Path, source: Path, out: Path) -> list[str]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = "pdf:writer_web_pdf_Export"
    return [profile, "--headless", "--convert-to", kind, "--outdir", str(out.parent), str(source)]
