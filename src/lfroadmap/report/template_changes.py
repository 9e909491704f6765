"""What an update of a roadmap by a template does and leaves, as a report and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict, get_args

from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value, limit_rows
from lfroadmap.roadmap.own_templates.updating import APPLIED, ChangeWord, TemplateChange, TemplateUpdate
from lfroadmap.words import Words


class ChangeRow(TypedDict):
    """A difference as `templates diff --json` prints it."""

    change: ChangeWord
    applied: bool
    kind: str
    id: str
    name: str
    where: str
    attribute: str
    before: str
    after: str


def rows_of(update: TemplateUpdate) -> list[ChangeRow]:
    """All differences, those that an update makes and those that it leaves."""
    return [
        {
            "change": change.word,
            "applied": change.word in APPLIED,
            "kind": type(change.node).__name__.lower(),
            "id": change.node.id,
            "name": change.name,
            "where": change.where,
            "attribute": change.attribute,
            "before": change.before,
            "after": change.after,
        }
        for change in update.changes
    ]


def update_report(
    update: TemplateUpdate, roadmap: str, template: str, words: Words, limit: int | None = None
) -> Report:
    """The preview of an update: a part for each kind of change, each with at most `limit` rows."""
    pairs = (
        (words("template_update.roadmap"), Value(roadmap)),
        (words("template_update.template"), Value(template)),
    )
    body = tuple(_sections(update, words, limit)) or (Value(words("template_update.nothing"), "muted"),)
    return Report(words("template_update.title"), words.language, words.direction, Facts(pairs), body)


def _sections(update: TemplateUpdate, words: Words, limit: int | None) -> Iterator[Node]:
    for word in get_args(ChangeWord):
        changes = [change for change in update.changes if change.word == word]
        if changes:
            grid = _texts(changes, words) if changes[0].attribute else _places(changes, words)
            title = words.plural(f"template_update.{word}", len(changes))
            yield Section(title, limit_rows(grid, limit, words), word)


def _texts(changes: Sequence[TemplateChange], words: Words) -> Grid:
    heads = tuple(words(f"template_update.head_{head}") for head in ("what", "here", "there"))
    return Grid(heads, tuple(_text_row(change, words) for change in changes))


def _text_row(change: TemplateChange, words: Words) -> tuple[Value, ...]:
    kind = words(f"change.kind_{_kind(change)}")
    what = f"{kind} · {words(f'template_update.attribute_{change.attribute}')}"
    return Value(what, note=change.where), Value(change.before or "—"), Value(change.after or "—")


def _places(changes: Sequence[TemplateChange], words: Words) -> Grid:
    heads = tuple(words(f"template_update.head_{head}") for head in ("what", "kind", "where"))
    return Grid.of(
        heads,
        [
            (
                change.name or words("template_update.roadmap"),
                words(f"change.kind_{_kind(change)}"),
                change.where or "—",
            )
            for change in changes
        ],
    )


def _kind(change: TemplateChange) -> str:
    return type(change.node).__name__.lower()
