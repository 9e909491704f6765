"""Markup as a type: what is escaped, and that nothing else can become markup."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.export.markup import Html, data, escaped, fill, joined, marked, script, sentence, style_sheet
from lfroadmap.words import SafeText
from source import modules, nodes

HOSTILE = "<b onclick='x'>\"&</b>"
SAFE = "&lt;b onclick=&#x27;x&#x27;&gt;&quot;&amp;&lt;/b&gt;"


def test_text_is_escaped_and_markup_is_not() -> None:
    assert escaped(HOSTILE) == SAFE
    assert (
        fill('<p class="{kind}">{text}</p>', kind=HOSTILE, text=escaped("&"))
        == f'<p class="{SAFE}">&amp;</p>'
    )
    assert fill("{text}", text=SafeText(HOSTILE)) == SAFE
    assert fill("{y:g} {n}", y=2.50, n=3) == "2.5 3"
    assert sentence("by {who} & me", who=fill("<b>{who}</b>", who="<")) == "by <b>&lt;</b> &amp; me"
    assert joined((escaped("<"), fill("<br>")), fill("\n")) == "&lt;\n<br>"


def test_what_stands_in_elements_of_their_own_rules_cannot_end_them() -> None:
    assert "<" not in style_sheet('@page{content:"</style><script>"}')
    assert "</" not in script('x = "</script>"; y = "<!--"; z = a < b')
    assert script("a<b") == "a<b"
    assert data('{"a":"</script>&"}') == '{"a":"\\u003c/script\\u003e\\u0026"}'


def test_every_function_makes_markup() -> None:
    made = (escaped("a"), fill("a"), joined(()), style_sheet("a"), script("a"), data("1"), sentence("a"))
    assert {type(each) for each in (*made, marked(escaped("a"), re.compile("a"), *made[:2]))} == {Html}


# ------------------------------------------------------------------ what a type checker cannot see


def calls(name: str) -> Iterator[tuple[str, ast.Module, ast.Call]]:
    for path, tree in modules().items():
        for node in nodes(path, ast.Call):
            if getattr(node.func, "attr", getattr(node.func, "id", "")) == name:
                yield path, tree, node


def test_markup_is_made_in_one_module() -> None:
    assert {path for path, _, _ in calls("Html")} == {"export/markup.py"}
    assert [path for path, _, call in calls("cast") if "Html" in ast.unparse(call.args[0])] == []


def test_every_template_is_a_literal() -> None:
    found = [(path, tree, call.args[0]) for path, tree, call in calls("fill") if _fills_markup(tree)]
    assert len(found) > 40
    for path, tree, template in found:
        if isinstance(template, ast.Name):
            values = _assigned(tree, template.id)
            assert values and all(map(_is_literal, values)), f"{path}: {template.id}"
        else:
            assert _is_literal(template), f"{path}: {ast.unparse(template)}"


def _fills_markup(tree: ast.Module) -> bool:
    """Whether `fill` is the one of `markup` in a module."""
    found = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module)
    return any(
        node.module == "lfroadmap.export.markup" and any(alias.name == "fill" for alias in node.names)
        for node in found
    )


def _assigned(tree: ast.Module, name: str) -> list[ast.expr | None]:
    """All values that a name is given in a module."""
    return [
        node.value
        for node in ast.walk(tree)
        if (isinstance(node, ast.Assign) and any(ast.unparse(target) == name for target in node.targets))
        or (isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name)
    ]


def _is_literal(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


WRONG = """
from lfroadmap.export.html_nodes import Walker
from lfroadmap.export.markup import Html, fill, joined

def page(text: str, walker: Walker) -> Html:
    made = fill("<p>{text}</p>", text=text)
    reveal_type(made)
    joined([text])
    one: Html = f"<p>{text}</p>"
    return walker.line(text) + "<br>"
"""


@pytest.mark.proof
def test_a_text_that_is_not_escaped_is_an_error_of_types(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(tmp_path / "wrong.py")],
        capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert 'Revealed type is "lfroadmap.export.markup.Html"' in checked.stdout
    errors = [line.split(":")[1] for line in checked.stdout.splitlines() if ": error:" in line]
    assert errors == ["8", "9", "10"], checked.stdout
