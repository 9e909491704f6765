"""The page in a real browser: nothing runs, nothing leaves, the style applies, what it saves reads back."""

from __future__ import annotations

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from browsing import BROWSER
from lfroadmap.export import ExportContext, render
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, hostile, sample

pytestmark = [pytest.mark.proof, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
)  # fmt: skip


def opened(address: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [BROWSER or "", *QUIET, profile, "--enable-logging=stderr", *options, address]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def saved(page: bytes, folder: Path) -> str:
    path = folder / "page.html"
    path.write_bytes(page)
    return path.as_uri()


def requests_for(page: bytes, folder: Path) -> list[str]:
    """What a browser asks for when it opens the page, of whatever host: all names lead to our server."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Host"] + self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page if self.path == "/page.html" else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        everywhere = f"--host-resolver-rules=MAP * 127.0.0.1:{server.server_port}"
        opened("http://plan.example/page.html", folder, "--dump-dom", everywhere)
        server.shutdown()
    # the browser asks its maker for the time and for updates; that is none of the page's doing
    return [address for address in asked if "google" not in address and "gvt1.com" not in address]


def exported(roadmap: Roadmap, language: Language) -> bytes:
    return render(ExportContext(roadmap, words(language), TODAY), "html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_browser_made_of_a_hostile_page_is_harmless_and_reads_back(
    language: Language, tmp_path: Path
) -> None:
    run = opened(saved(exported(hostile(), language), tmp_path), tmp_path, "--dump-dom")
    made = run.stdout
    assert made.count("<script") == made.count("<style") == 1
    assert not any(tag in made for tag in ("<img", "<b ", "<b>", "<iframe"))
    assert read(made.encode()) == hostile()
    assert "Content Security Policy" not in run.stderr


def test_opening_the_page_asks_for_nothing_else(tmp_path: Path) -> None:
    assert set(requests_for(exported(hostile(), "en"), tmp_path)) == {"plan.example/page.html"}


def test_a_picture_that_somebody_put_into_the_page_is_not_asked_for(tmp_path: Path) -> None:
    page = exported(sample("en"), "en").replace(b"</main>", b'<img src="http://spy.example/pixel"></main>')
    assert set(requests_for(page, tmp_path)) == {"plan.example/page.html"}
    bare = b'<img src="http://spy.example/pixel">'  # without our policy it is
    assert "spy.example/pixel" in requests_for(bare, tmp_path)


def test_a_style_that_was_changed_is_refused_by_the_policy(tmp_path: Path) -> None:
    page = exported(sample("en"), "en").replace(b"<style>", b"<style>/* changed */")
    run = opened(saved(page, tmp_path), tmp_path, "--dump-dom")
    assert "Content Security Policy" in run.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints(language: Language, tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"
    opened(saved(exported(sample(language), language), tmp_path), tmp_path, f"--print-to-pdf={printed}")
    assert printed.read_bytes().startswith(b"%PDF")
