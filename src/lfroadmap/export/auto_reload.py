"""The script that reloads an open page while its file is watched; a page has no other script.

A page cannot read its own file, so it reloads itself at the same scroll position. It waits while it is
hidden and while something is selected, and the reader can switch it off.

A watching program touches the file also when nothing has changed (`cli/watched.py`). A page whose file
keeps its time over several loads says that it is no longer updated: a killed program cannot say so.
"""

from __future__ import annotations

from lfroadmap.export import markup
from lfroadmap.export.markup import Html, fill
from lfroadmap.words import Words

PATIENCE = 15
"""Minimal number of seconds without a touch before the file counts as abandoned."""
_SCRIPT = """
const box = document.getElementById("live"), list = document.querySelector("details");
box.closest("p").hidden = false;
box.checked = !window.name.includes("still");
if (list) list.open = window.name.includes("open");
const places = [...document.querySelectorAll("a, summary, input")];
const modified = Date.parse(document.lastModified), before = /file(\\d+)x(\\d+)since(\\d+)/.exec(window.name);
const same = before && Number(before[1]) === modified;
const times = same ? Number(before[2]) + 1 : 0, since = same ? Number(before[3]) : Date.now();
const left = times > 2 && Date.now() - since > Math.max(3 * SECONDS, PATIENCE) * 1000;
document.getElementById("gone").hidden = !left;
const was = /at(\\d+)/.exec(window.name);
if (was && places[was[1]]) places[was[1]].focus({ preventScroll: true });
const keep = () => {
  const at = places.indexOf(document.activeElement);
  window.name = "lfroadmap" + (box.checked ? "" : " still") + (list && list.open ? " open" : "") +
    (at < 0 ? "" : " at" + at) + " file" + modified + "x" + times + "since" + since;
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


def script(seconds: int) -> Html:
    """The script of the page; it keeps its state in the window's name, which survives reloading."""
    return markup.script(_SCRIPT.replace("SECONDS", str(seconds)).replace("PATIENCE", str(PATIENCE)))


def switch(seconds: int, words: Words) -> Html:
    """The checkbox that announces the reloading and stops it, and the notice of an abandoned file.

    Neither is shown where scripts are switched off.
    """
    return fill(
        '<p class="live" hidden><label><input type="checkbox" id="live" checked> {label}</label></p>\n'
        '<p class="made" id="gone" role="status" hidden><strong>{gone}</strong></p>\n',
        label=words.plural("report.live", seconds),
        gone=words("report.gone"),
    )
