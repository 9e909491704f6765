"""What somebody puts into a page, or types, does nothing in a real browser with the page's own policy.

Each attempt is made twice: with the policy, where nothing may come of it, and without, where something must.
"""

from __future__ import annotations

import html
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from browsing import driven, needs_browser
from lfroadmap.export import ExportContext, render
from lfroadmap.roadmap.links import links_in
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, hostile, sample

pytestmark = [pytest.mark.proof, needs_browser]

JS = "window.ran=true;alert(1)"
ATTEMPTS = {
    # what runs a script
    "script": f"<script>{JS}</script>",
    "module": f'<script type="module">{JS}</script>',
    "error": f'<img src="x:" onerror="{JS}">',
    "clicked": f'<p id="hit" onclick="{JS}">x</p>',
    "javascript link": f'<a id="hit" href="javascript:{JS}">x</a>',
    "javascript form": f'<form action="javascript:{JS}"><button id="hit">x</button></form>',
    "focused": f'<input autofocus onfocus="{JS}">',
    "unfolded": f'<details open ontoggle="{JS}">x</details>',
    "body": f'<body onload="{JS}">',
    "frame of text": f'<iframe srcdoc="<script>parent.{JS}</script>"></iframe>',
    "javascript frame": '<iframe src="javascript:parent.ran=true,parent.alert(1)"></iframe>',
    "svg script": f"<svg><script>{JS}</script></svg>",
    "svg loaded": f'<svg onload="{JS}"></svg>',
    "svg animated": f'<svg><animate attributeName="x" dur="1s" onbegin="{JS}"/></svg>',
    "svg link": f'<svg><a id="hit" href="javascript:{JS}"><rect width="9" height="9"/></a></svg>',
    "shadow": f'<div><template shadowrootmode="open"><img src="x:" onerror="{JS}"></template></div>',
    # what asks for something
    "remote script": '<script src="SPY"></script>',
    "image": '<img alt="" src="SPY">',
    "image set": '<img alt="" srcset="SPY 1x">',
    "style": "<style>@import url(SPY);</style>",
    "style attribute": '<p style="background:url(SPY)">x</p>',
    "style sheet": '<link rel="stylesheet" href="SPY">',
    "preload": '<link rel="preload" as="image" href="SPY">',
    "prefetch": '<link rel="prefetch" href="SPY">',
    "frame": '<iframe src="SPY"></iframe>',
    "object": '<object data="SPY"></object>',
    "embed": '<embed src="SPY">',
    "poster": '<video poster="SPY"></video>',
    "sound": '<audio src="SPY" preload="auto"></audio>',
    "svg image": '<svg><image href="SPY" width="9" height="9"/></svg>',
    "ping": '<a id="hit" href="#main" ping="SPY">x</a>',
    "form": '<form action="SPY"><button id="hit">x</button></form>',
    "posted form": '<form action="SPY" method="post"><button id="hit">x</button></form>',
    "button": '<form><button id="hit" formaction="SPY">x</button></form>',
    "base": '<base href="SPY/"><a id="hit" href="more">x</a>',
}  # fmt: skip


class Asked(NamedTuple):
    """A request."""

    address: str
    referrer: str | None


class Site:
    """A server that is every host there is; it has some pages, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(Asked(f"http://{self.headers['Host']}{self.path}", self.headers["Referer"]))
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(site.pages.get(self.path, b""))

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, name: str, page: bytes, **more: object) -> dict[str, object]:
        """Serve a page; how it is to be looked at."""
        path = "/" + name.replace(" ", "-")
        self.pages[path] = page
        return {"name": name, "address": f"http://plan.example{path}"} | more

    def asked_of(self, host: str, word: str = "") -> list[Asked]:
        """What was asked of a host, with the word in its address."""
        return [one for one in self.asked if f"//{host}/" in one.address and word in one.address]

    def provoked(self, views: list[dict[str, object]], folder: Path) -> dict[str, dict[str, Any]]:
        """What came of opening the pages and clicking on them."""
        answer = driven(
            "provoke.mjs", {"server": f"127.0.0.1:{self.server.server_port}", "views": views}, folder
        )
        found: dict[str, dict[str, Any]] = json.loads(answer)
        return found


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def exported(roadmap: Roadmap, language: Language = "en") -> bytes:
    return render(ExportContext(roadmap, words(language), TODAY, author="<b>dana"), "html")


def bare(page: bytes) -> bytes:
    """The page without its policy."""
    without = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", page)
    assert without != page
    return without


QUIET = {"dialogs": [], "ran": False, "left": [], "clicked": 0, "tabs": 1}


def spy(name: str, way: str) -> str:
    return f"http://spy.example/{name.replace(' ', '-')}-{way}"


def test_nothing_comes_of_what_somebody_puts_into_the_page(site: Site, tmp_path: Path) -> None:
    page = exported(sample("en"))
    quiet = [name for name, attempt in ATTEMPTS.items() if 'id="hit"' not in attempt]
    groups = {"together": quiet} | {name: [name] for name in ATTEMPTS if name not in quiet}
    left = {"base": ["http://plan.example/more"]}  # by a link within the site, and not where the base says
    views = []
    for group, names in groups.items():
        put = "".join(ATTEMPTS[name].replace("SPY", spy(name, "kept")) for name in names)
        with_put = page.replace(b"</main>", put.encode() + b"</main>")
        views.append(site.add(group, with_put, leaves=group in left))
    for name, attempt in ATTEMPTS.items():
        put = attempt.replace("SPY", spy(name, "bare"))
        views.append(site.add(f"{name} bare", bare(page).replace(b"</main>", put.encode() + b"</main>")))
    found = site.provoked(views, tmp_path)
    assert site.asked_of("spy.example", "kept") == []
    for group in groups:
        assert found[group] == QUIET | {"left": left.get(group, [])}, group
    for name, attempt in ATTEMPTS.items():
        if "SPY" in attempt:
            assert [one for one in site.asked if one.address.startswith(spy(name, "bare"))], name
        else:
            assert found[f"{name} bare"]["ran"] and found[f"{name} bare"]["dialogs"] == ["1"], name


def test_a_refresh_that_no_policy_can_forbid_takes_nothing_along(site: Site, tmp_path: Path) -> None:
    """Nor that somebody puts a link into a page; all that either tells is that the page was opened."""
    put = b'<meta http-equiv="refresh" content="0;url=http://spy.example/refresh"></main>'
    script = b'<meta http-equiv="refresh" content="0;url=javascript:window.ran=true"></main>'
    page = exported(sample("en"))
    views = [
        site.add("refreshed", page.replace(b"</main>", put)),
        site.add("script refreshed", page.replace(b"</main>", script)),
    ]
    found = site.provoked(views, tmp_path)
    assert not found["refreshed"]["ran"] and found["script refreshed"] == QUIET
    assert {one.referrer for one in site.asked if one.address == "http://spy.example/refresh"} == {None}


GOOD = ("http://good.example/a?b=1&c=2",)
"""A typed text that is a link, where many others only hold one."""


def typed(language: Language) -> Roadmap:
    """Whatever can be put into a page, typed into every place there is; and one link that is one.

    The addresses in it have no scheme: with one they would be links, and each of them would be followed.
    """
    texts = [text.replace("SPY", "//spy.example/typed") for text in ATTEMPTS.values()]
    texts += [
        f"javascript:{JS}",
        f"JavaScript:{JS}",
        f" javascript:{JS}",
        f"java\tscript:{JS}",
        f"data:text/html,<script>{JS}</script>",
    ]
    texts += [f'http://spy.example/"onclick="{JS}', f"http://spy.example/'><script>{JS}</script>"]
    fields = (
        *(Field(f"f{n}", "long", "", text, text) for n, text in enumerate(texts)),
        *(
            Field(f"l{n}", "text", "", "Link", text, "ltr")
            for n, text in enumerate((*GOOD, "http://good.example/`x`"))
        ),
        Field("d", "date", "deadline", "D", "2026-01-01"),
    )
    tasks = tuple(Task(f"t{n}", text, bool(n % 2), text, text, text) for n, text in enumerate(texts))
    cards = tuple(Card(f'c{n}"><{text}', text) for n, text in enumerate(texts[::4]))
    late = Card("</h3><img src=x: onerror=alert(2)>", texts[0], fields, tasks)
    kpis = tuple(Kpi(f"k{n}", text, text, text, text, text, text, "up", text) for n, text in enumerate(texts))
    stages = (Stage("javascript:alert(3)", texts[4], (late, *cards)), Stage('"onclick="alert(4)', texts[2]))
    return replace(hostile(), title=" ".join(texts), template="", stages=stages, kpis=kpis)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_comes_of_what_somebody_types_whatever_is_clicked(
    site: Site, tmp_path: Path, language: Language
) -> None:
    page = exported(typed(language), language)
    harmful = exported(Roadmap("r", f"<img src='x:' onerror='{JS}'>"), language)
    unescaped = re.sub(
        rb"<h1>.*?</h1>", lambda found: html.unescape(found[0].decode()).encode(), bare(harmful)
    )
    views = [
        site.add("typed", page, links=True),
        site.add("typed bare", bare(page), links=True),
        site.add("unescaped", unescaped),
    ]
    found = site.provoked(views, tmp_path)
    links = page.decode().count("<a ")
    page_text = html.unescape(page.decode())
    assert links > 40
    for name in ("typed", "typed bare"):  # what is typed is harmless by itself; the policy is the second lock
        left = found[name].pop("left")
        assert found[name] | {"left": []} == QUIET | {"clicked": links}
        assert {*GOOD} < {*left} <= {link.address for link in links_in(page_text)}, "links that were clicked"
    assert found["unescaped"]["ran"] and found["unescaped"]["dialogs"]
    asked = [one for one in site.asked_of("good.example") if one.address in GOOD]
    assert len(asked) == 2 and {one.referrer for one in asked} == {None}
    clicked = Counter(re.findall(r'href="(http://spy\.example/[^"]*)"', page.decode()))
    asked_for = Counter(one.address for one in site.asked_of("spy.example"))
    del asked_for["http://spy.example/favicon.ico"]  # the page there is asked for its sign
    assert asked_for == Counter({address: 2 * times for address, times in clicked.items()}), (
        "what was clicked, once in each view, and nothing else"
    )
    left_for = (one for one in site.asked_of("spy.example") if one.address in clicked)
    assert {one.referrer for one in left_for} <= {None}
