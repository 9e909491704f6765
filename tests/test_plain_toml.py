"""The quick reader of our own TOML reads as `tomllib` does."""

from __future__ import annotations

import json
import tomllib

import pytest

from lfroadmap import plain_toml
from lfroadmap.words import CONTENT

OURS = sorted(CONTENT.rglob("*.toml"))

FORMS = {
    "nothing": "",
    "a comment": "# nothing = 1\n\n",
    "a text with all in it": 'a = "x = 1, # no comment [b] {c} \\" \\\\ \\u05d0 \\n"\n',
    "an empty text": 'a = ""\nb = "" # behind it\n',
    "a tab in a text": 'a = "x\ty"',
    "many lines": 'a = """\nx = 1\n[b]\n# "quoted" and \\"escaped\\" \\\\"\n"""\nb = "c"\n',
    "many lines from the first": 'a = """x ""\ny"""\n',
    "a line that goes on": 'a = """x \\\n   y"""\n',
    "dotted keys": 'a.one = "1"\na.many = "n"\n[b.c]\nd.e.f = "g"\n',
    "many of a table": '[[s]]\nid = "a"\n[[s.c]]\nid = "b"\n[[s.c]]\n[[s]]\nid = "c"\n[[s.c]]\nx = 1\n[t]\n',
    "a table within": '[a]\nb = 1\n[a.c]\nd = true\n[e.f]\ng = [1, 2]\n',
    "values in lists": 'a = [\n  { id = "x", b = { c = "d" } },\n  { id = "y", e = [1, 2,] },\n]\nf = 1.5\n',
    "other strings": "a = 'b'\nc = '''\nd\n'''\n",
    "quoted keys": '"a b" = 1\n[c."d"]\ne = 2\n',
    "days": "a = 2026-01-02\n",
    "a wide table": "[ a ]\nb = 1\n",
}  # fmt: skip
BROKEN = ('a = "x\n', "a = [1, 2\n", "a\n", "[a\n", "a = \n", '"\n')


@pytest.mark.parametrize("source", FORMS.values(), ids=FORMS)
def test_every_form_is_read_as_the_standard_library_reads_it(source: str) -> None:
    assert plain_toml.read(source) == tomllib.loads(source)


@pytest.mark.parametrize("source", BROKEN)
def test_what_is_no_toml_is_refused(source: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        plain_toml.read(source)


def test_our_files_are_read_quickly_and_as_the_standard_library_reads_them() -> None:
    assert len(OURS) > 2
    for path in OURS:
        source = path.read_text("utf-8")
        json.loads(plain_toml._as_json(source), strict=False)  # no need for tomllib
        assert plain_toml.read(source) == tomllib.loads(source), path.name
