"""Private names of Textual: where a source file uses them, and how Textual's own source declares them.

Nothing of ours is run. A name is private if it begins with an underscore, or if it is of a class or module
that is imported by a private path; so is any name that is replaced in a class or module of Textual.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import textual

from source import nodes_in

PRIVATE = re.compile(r"_[A-Za-z]\w*\Z")
NAMEDTUPLE = {"_replace", "_asdict", "_make", "_fields"}
"""Public in spite of their underscore."""


class Use(NamedTuple):
    """A private name of Textual in a source file."""

    path: str
    """Under src/lfroadmap."""
    name: str


# ---- Textual's side


@cache
def textual_names() -> frozenset[str]:
    """All names with a leading underscore in Textual's source."""
    files = Path(textual.__file__).parent.rglob("*.py")
    return frozenset(
        name for file in files for name in re.findall(r"\b_[A-Za-z]\w*", file.read_text("utf-8"))
    )


@cache
def _module_tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(module)))


def _signature(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    decorators = [f"@{ast.unparse(decorator)} " for decorator in function.decorator_list]
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    return f"{''.join(decorators)}({ast.unparse(function.args)}){returns}"


def _declared(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Names that a statement declares, each with its signature, type, or value."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield node.name, _signature(node)
        case ast.ClassDef():
            makers = [each for each in node.body if isinstance(each, ast.FunctionDef)]
            made = next((_signature(each) for each in makers if each.name == "__init__"), "")
            yield node.name, f"class({', '.join(map(ast.unparse, node.bases))}){made}"
        case ast.AnnAssign(target=ast.Name(name) | ast.Attribute(ast.Name("self"), name)):
            yield name, f": {ast.unparse(node.annotation)}"
        case ast.Assign(targets=[ast.Name(name) | ast.Attribute(ast.Name("self"), name)]):
            yield name, f"= {ast.unparse(node.value)}"
        case ast.ImportFrom():
            yield from ((alias.asname or alias.name, f"from {node.module}") for alias in node.names)


@cache
def class_declarations(owner: type) -> Mapping[str, str]:
    """Names that a class of Textual or its Textual ancestors declare, instance attributes included."""
    found: dict[str, str] = {}
    for one in (one for one in owner.__mro__ if one.__module__.split(".")[0] == "textual"):
        tree = next(
            node for node in nodes_in(_module_tree(one.__module__), ast.ClassDef) if node.name == one.__name__
        )
        methods = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inside = [node for method in methods for node in ast.walk(method)]
        for node in (*tree.body, *(node for node in inside if _sets_attribute(node))):
            for name, declared in _declared(node):
                found.setdefault(name, declared)
        for node in inside:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
                found.setdefault(node.attr, "assigned")
    return found


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _sets_attribute(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=[ast.Attribute()]) | ast.AnnAssign(target=ast.Attribute()):
            return True
    return False


def declaration(owner: str, name: str) -> str:
    """How Textual declares a name of a module or class, such as `textual.widget.Widget`; or KeyError."""
    try:
        importlib.import_module(owner)
    except ModuleNotFoundError:
        return class_declarations(textual_object(owner))[name]
    return dict(found for node in _module_tree(owner).body for found in _declared(node))[name]


def textual_object(path: str) -> type:
    """The class at a dotted path."""
    module, _, name = path.rpartition(".")
    found = getattr(importlib.import_module(module), name)
    assert isinstance(found, type), path
    return found


# ---- our side


def _written(node: ast.expr) -> str:
    """An expression as source; a dotted name, as most are, without the work of unparsing it."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, name):
            return f"{_written(value)}.{name}"
    return ast.unparse(node)


def _is_private(path: str) -> bool:
    return any(part.startswith("_") for part in path.split("."))


def _bound(alias: ast.alias) -> str:
    """The path of the module that `import a.b` or `import a.b as c` binds to a name."""
    return alias.name if alias.asname else alias.name.split(".")[0]


class _Bindings:
    """What a source file itself says of its names."""

    def __init__(self, tree: ast.Module) -> None:
        self.imported: dict[str, str] = {}
        self.classes = {node.name: node for node in nodes_in(tree, ast.ClassDef)}
        self.parameters: dict[str, ast.expr] = {}
        """Parameters that are classes: `base: type[Driver]`."""
        self.libraries: set[str] = set()
        """Top names of imported modules that are not Textual's."""
        for node in nodes_in(tree, ast.Import, ast.ImportFrom, ast.arg):
            match node:
                case ast.Import(names):
                    self.imported |= {a.asname or a.name.split(".")[0]: _bound(a) for a in names}
                    self.libraries |= {_bound(a) for a in names} - {"textual"}
                case ast.ImportFrom(module, names):
                    self.imported |= {a.asname or a.name: f"{module}.{a.name}" for a in names}
                case ast.arg(name, ast.Subscript(ast.Name("type"), kind)):
                    self.parameters[name] = kind


_bindings = cache(_Bindings)


class _Names:
    """What the names of a source file are bound to by its imports and its classes."""

    def __init__(self, path: str, trees: Mapping[str, ast.Module]) -> None:
        self.trees = trees
        here = _bindings(trees[path])
        self.imported, self.classes = here.imported, here.classes
        self.parameters, self.libraries = here.parameters, here.libraries

    def full(self, node: ast.expr) -> str:
        """The dotted path that an expression such as `events.Event` means."""
        first, _, rest = _written(node).partition(".")
        return ".".join(filter(None, (self.imported.get(first, first), rest)))

    def textual_bases(self, node: ast.ClassDef) -> Iterator[str]:
        """Paths of the classes of Textual that a class of ours comes of."""
        for base in node.bases:
            yield from self._textual_base(base)

    def _textual_base(self, base: ast.expr) -> Iterator[str]:
        while isinstance(base, ast.Subscript):
            base = base.value
        if isinstance(base, ast.Name) and base.id in self.parameters:
            base = self.parameters[base.id]
        full = self.full(base)
        if full.startswith("textual."):
            yield full
        elif full in self.classes:
            yield from self.textual_bases(self.classes[full])
        elif full.startswith("lfroadmap."):
            module, _, name = full.removeprefix("lfroadmap.").rpartition(".")
            path = f"{module.replace('.', '/')}.py"
            if path in self.trees:
                there = _Names(path, self.trees)
                yield from there.textual_bases(there.classes[name]) if name in there.classes else ()


class _Uses(ast.NodeVisitor):
    """Collects the private names in one file."""

    def __init__(self, path: str, trees: Mapping[str, ast.Module]) -> None:
        self.names = _Names(path, trees)
        self.found: set[str] = set()
        self.inherited: frozenset[str] | None = None
        """Names of the class around that are Textual's; None outside of a class."""

    def visit_Import(self, node: ast.Import) -> None:
        self.found |= {a.name for a in node.names if a.name.startswith("textual.") and _is_private(a.name)}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if module.split(".")[0] == "textual":
            self.found |= {a.name for a in node.names if _is_private(f"{module}.{a.name}")}

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        around, self.inherited = self.inherited, frozenset(self._inherited(node))
        for each in node.body:
            self.found |= {name for name, _ in _declared(each) if name in self.inherited}
        self.generic_visit(node)
        self.inherited = around

    def _inherited(self, node: ast.ClassDef) -> Iterator[str]:
        for base in self.names.textual_bases(node):
            names = class_declarations(textual_object(base))
            yield from (name for name in names if PRIVATE.match(name) or _is_private(base))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        own = self.inherited is not None and _written(node.value) in ("self", "cls", "super()")
        of = self.names.full(node.value)
        if own:
            self.found |= {node.attr} & (self.inherited or frozenset())
        elif of.startswith("textual.") and (isinstance(node.ctx, ast.Store | ast.Del)):
            self.found.add(node.attr)  # something of Textual is replaced
        elif of not in self.names.libraries and PRIVATE.match(node.attr):
            self.found |= {node.attr} & (textual_names() - NAMEDTUPLE)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for each in (node.left, *node.comparators):  # a string that is compared or looked for uses no name
            if not isinstance(each, ast.Constant):
                self.visit(each)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for each in node.values:
            if not isinstance(each, ast.Constant):  # `_text` of f"{role}_text" is a part of a name
                self.visit(each)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and PRIVATE.match(node.value) and node.value in textual_names():
            self.found.add(node.value)  # getattr, vars

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr"):
            self.found.add(node.func.id)
        self.generic_visit(node)


def private_uses(path: str, trees: Mapping[str, ast.Module]) -> set[Use]:
    """The private names of Textual in a file; its other classes are looked up in `trees`."""
    visitor = _Uses(path, trees)
    visitor.visit(trees[path])
    return {Use(path, name) for name in visitor.found}
