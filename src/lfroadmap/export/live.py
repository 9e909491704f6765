"""What keeps an open page current while its file is watched: the only script that a page ever has.

A page cannot look into its own file, so it loads itself again, at the same place. It waits while nobody
looks at it and while something is selected, and the reader can tell it to stay as it is.
"""

from __future__ import annotations

from html import escape

from lfroadmap.words import Words

_SCRIPT = """
const box = document.getElementById("live"), list = document.querySelector("details");
box.closest("p").hidden = false;
box.checked = !window.name.includes("still");
if (list) list.open = window.name.includes("open");
const places = [...document.querySelectorAll("a, summary, input")];
const was = /at(\\d+)/.exec(window.name);
if (was && places[was[1]]) places[was[1]].focus({ preventScroll: true });
const keep = () => {
  const at = places.indexOf(document.activeElement);
  window.name = "lfroadmap" + (box.checked ? "" : " still") + (list && list.open ? " open" : "") +
    (at < 0 ? "" : " at" + at);
};
box.addEventListener("change", keep);
if (list) list.addEventListener("toggle", keep);
setInterval(() => {
  if (!box.checked || document.hidden || !getSelection().isCollapsed) return;
  keep();
  history.replaceState(null, "", location.pathname + location.search); // or it would scroll to its fragment
  location.reload();
}, SECONDS * 1000);
"""


def script(seconds: int) -> str:
    """What the page does; it remembers in its window's name, which outlives being loaded again."""
    return _SCRIPT.replace("SECONDS", str(seconds))


def switch(seconds: int, words: Words) -> str:
    """The box that says what happens, and stops it; nothing where scripts are switched off."""
    told = escape(words.plural("report.live", seconds))
    return f'<p class="live" hidden><label><input type="checkbox" id="live" checked> {told}</label></p>\n'
