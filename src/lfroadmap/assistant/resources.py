"""The resources: roadmaps as Markdown and JSON, the schemas, the topics of the guide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.marking import unhidden, unhidden_all
from lfroadmap.errors import UsageError
from lfroadmap.export import render
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.text import one_line
from lfroadmap.usecases.export_set import ExportSource
from lfroadmap.usecases.guide import topic_of, topics
from lfroadmap.usecases.schemas import SCHEMAS

MARKDOWN, JSON, SCHEMA = "text/markdown", "application/json", "application/schema+json"
_ADDRESS = re.compile(r"lfroadmap://(?P<kind>roadmaps|schemas|guide)/(?P<name>[^/]+?)(?:\.(?P<end>md|json))?")
_KINDS = {"md": MARKDOWN, "json": JSON}


class Resource(NamedTuple):
    """A resource of the list."""

    uri: str
    name: str
    title: str
    mime: str


class Template(NamedTuple):
    """A template of addresses."""

    uri: str
    name: str
    mime: str


TEMPLATES = (
    Template("lfroadmap://roadmaps/{id}.md", "roadmap_markdown", MARKDOWN),
    Template("lfroadmap://roadmaps/{id}.json", "roadmap_json", JSON),
    Template("lfroadmap://schemas/{command}", "schema", SCHEMA),
    Template("lfroadmap://guide/{topic}", "guide", MARKDOWN),
)


def resources(desk: Desk) -> Iterator[Resource]:
    """All resources: the roadmaps that it sees, the schemas, the topics."""
    for name, id_ in desk.names().items():
        for end, mime in _KINDS.items():
            yield Resource(f"lfroadmap://roadmaps/{id_}.{end}", f"{id_}.{end}", unhidden(name), mime)
    for command in SCHEMAS:
        title = desk.words("assistant.resource_schema_of", command=command)
        yield Resource(f"lfroadmap://schemas/{command}", f"schema-{command}", unhidden(title), SCHEMA)
    for topic in topics(desk.words.language):
        yield Resource(f"lfroadmap://guide/{topic.id}", f"guide-{topic.id}", topic.title, MARKDOWN)


def read(desk: Desk, uri: str) -> tuple[str, str]:
    """The text of a resource and its type; raises RoadmapError."""
    found = _ADDRESS.fullmatch(uri)
    if found is None:
        raise UsageError("assistant_resource", uri=one_line(uri)[:200])
    kind, name, end = found["kind"], found["name"], found["end"]
    if kind == "roadmaps" and end:
        return _roadmap(desk, name, end), _KINDS[end]
    if kind == "schemas" and not end:
        if name not in SCHEMAS:
            raise UsageError("no_schema", name=one_line(name)[:80], known=", ".join(SCHEMAS))
        return json_text(SCHEMAS[name]()), SCHEMA
    if kind == "guide" and not end:
        topic = topic_of(name, desk.words.language)
        return f"# {topic.title}\n\n{topic.text}\n", MARKDOWN
    raise UsageError("assistant_resource", uri=one_line(uri)[:200])


def _roadmap(desk: Desk, named: str, end: str) -> str:
    name = desk.chosen(named)
    source = ExportSource(
        desk.points(name).now(), desk.library.path(name), desk.words, desk.settings.thresholds
    )
    text = render(source.context((end,)), end).decode()
    if end == "json":
        return json_text(unhidden_all(json.loads(text)))
    return f"> {desk.words('assistant.data')}\n\n{unhidden(text)}"
