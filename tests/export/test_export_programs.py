"""Formats that another program makes: PNG and PDF, which one it was, and what is said where there is none."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from commanding import run
from dashboards import busy, lived_in
from lfroadmap.errors import RoadmapError
from lfroadmap.export import ExportContext, all_formats, programs, render
from lfroadmap.export.export_progress import Cancelled, ExportProgress
from lfroadmap.export.picture_parts import WIDTH
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY

Capture = pytest.CaptureFixture[str]
each_language = pytest.mark.parametrize("language", LANGUAGES)


def context(language: Language) -> ExportContext:
    roadmap = busy(language)
    return ExportContext(roadmap, words(language), TODAY, activity=lived_in(roadmap))


def only(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Let one program be found; skips the test where it is not here."""
    path = shutil.which(command)
    if path is None:
        pytest.skip(f"no {command} here")
    folder.mkdir(exist_ok=True)
    (folder / command).symlink_to(path)
    monkeypatch.setenv(programs.FOLDERS, str(folder))


def script(folder: Path, name: str, body: str) -> None:
    """A program of our own under the name of a known one."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}\n")
    path.chmod(0o755)


# ------------------------------------------------------------------ pixels


@each_language
@pytest.mark.quick_cases(1)
def test_a_picture_in_pixels_is_twice_as_fine(language: Language) -> None:
    image = Image.open(io.BytesIO(render(context(language), "png")))
    assert image.format == "PNG" and image.width == 2 * WIDTH
    assert len(image.convert("RGB").getcolors(1 << 24) or []) > 50


def test_without_the_library_a_program_draws_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lfroadmap.export.png.find_spec", lambda name: None)
    with pytest.raises(RoadmapError) as caught:
        render(context("en"), "png")
    assert "lfroadmap[png]" in words("en").error(caught.value)
    assert "png" not in all_formats(history=False)
    only(tmp_path / "bin", monkeypatch, "rsvg-convert")
    image = Image.open(io.BytesIO(render(context("en"), "png")))
    assert image.width == 2 * WIDTH


# ------------------------------------------------------------------ paper


@pytest.mark.proof
@pytest.mark.parametrize(("command", "called"), [("chromium", "Chromium"), ("soffice", "LibreOffice")])
def test_a_pdf_has_the_page_and_the_command_says_what_made_it(
    capsys: Capture, plan: Path, monkeypatch: pytest.MonkeyPatch, command: str, called: str
) -> None:
    only(plan.parent / "bin", monkeypatch, command)
    if command == "soffice" and not shutil.which("swriter") and not shutil.which("lowriter"):
        pytest.skip("no LibreOffice Writer here")
    ran = run(capsys, "export", "pdf", "-o", "plan.pdf")
    assert ran.status == 0 and f"Made with {called}: pdf" in ran.err
    path = Path(ran.out.rstrip("\n"))
    assert path.read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        assert words("en")("report.progress") in text and words("en")("report.owners") in text


def test_without_a_browser_it_says_what_to_install(capsys: Capture, plan: Path) -> None:
    ran = run(capsys, "export", "pdf")
    assert (ran.status, ran.out) == (1, "")
    assert all(name in ran.err for name in ("Chromium", "Edge", "LibreOffice", "html"))
    assert not [*Path.cwd().glob("*.pdf")]


def test_a_program_that_fails_is_named_with_its_reason(
    capsys: Capture, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    script(folder, "chromium", "import sys; print('no display', file=sys.stderr); sys.exit(3)")
    monkeypatch.setenv(programs.FOLDERS, str(folder))
    ran = run(capsys, "export", "pdf")
    assert ran.status == 1 and "Chromium could not make the file: no display" in " ".join(ran.err.split())
    script(folder, "chromium", "")  # it ends well, and made nothing
    assert run(capsys, "export", "pdf").status == 1
    assert not [*Path.cwd().glob("*.pdf")]


def test_a_program_that_takes_long_can_be_cancelled(tmp_path: Path) -> None:
    script(tmp_path / "bin", "slow", "import time; time.sleep(600)")
    progress = ExportProgress()
    progress.is_cancelled = True
    with pytest.raises(Cancelled):
        programs.run(programs.Program("slow", str(tmp_path / "bin" / "slow")), (), progress=progress)


def test_a_page_that_is_kept_current_has_no_script_in_its_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.html"
    find_out = "next(a for a in sys.argv if a.startswith('--print-to-pdf=')).partition('=')[2]"
    body = (
        "import shutil, sys, urllib.request\n"
        "source = urllib.request.url2pathname(sys.argv[-1].removeprefix('file://'))\n"
        f"shutil.copy(source, {str(copy)!r})\nopen({find_out}, 'wb').write(b'%PDF-1.4')"
    )
    script(tmp_path / "bin", "chromium", body)
    monkeypatch.setenv(programs.FOLDERS, str(tmp_path / "bin"))
    assert render(replace(context("en"), reload=5), "pdf") == b"%PDF-1.4"
    assert "setTimeout" not in copy.read_text("utf-8")


def test_the_folder_of_everything_is_made_with_all_that_can_be(
    capsys: Capture, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "next(a for a in sys.argv if a.startswith('--print-to-pdf='))[15:]"
    body = f"import sys\nopen({name}, 'wb').write(b'%PDF')"
    script(tmp_path / "bin", "microsoft-edge", body)
    monkeypatch.setenv(programs.FOLDERS, str(tmp_path / "bin"))
    ran = run(capsys, "export", "--all", "-o", "new/folder", "--history")
    assert ran.status == 0 and "Made with Microsoft Edge: pdf" in ran.err and "installed" not in ran.err
    made = {path.suffix for path in Path("new/folder").iterdir()}
    assert made == {".html", ".pdf", ".json", ".xlsx", ".csv", ".md", ".ics", ".svg", ".png"}
    assert len(ran.out.splitlines()) == len(all_formats(history=True))
