"""Reading a roadmap from JSON: everything is checked with pydantic against the model's own dataclasses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.form_values import check_ids, roadmap_of
from lfroadmap.roadmap.json_history import HistoryFilter
from lfroadmap.roadmap.json_pieces import Pieces
from lfroadmap.roadmap.json_source import (
    LIMIT,
    PARTS,
    as_utf8,
    check_size,
    decoded,
    in_pieces,
    line_start,
    too_large,
    values,
)
from lfroadmap.roadmap.model import LONGEST, Roadmap
from lfroadmap.roadmap.schema import FORMAT, VERSION, SnapshotContent

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

    from lfroadmap.roadmap.snapshot_schema import Head

_POSITION = re.compile(r"line (\d+) column (\d+)")


def load(source: str | bytes) -> Roadmap:
    """The roadmap in JSON text; raises as `read`."""
    return read(source).roadmap


def read(source: str | bytes) -> SnapshotContent:
    """The content of a JSON text; raises BrokenSnapshot with the fault and its place.

    Bytes are UTF-8 or, with a byte order mark, UTF-16.
    """
    if len(source) > LIMIT:
        raise too_large()
    data = as_utf8(source)
    if values(data, PARTS) > PARTS:  # possibly most of them in its history
        return read_long(in_pieces(data))
    return _read(data)


def _read(data: bytes) -> SnapshotContent:
    check_size(data)
    _check_head(data)
    document = Pieces(data, _checked).document()
    roadmap = roadmap_of(document)
    check_ids(roadmap)
    return SnapshotContent(roadmap, document.part)


def read_long(pieces: Iterable[bytes | memoryview]) -> SnapshotContent:
    """`read` for bytes in chunks, with a history of any length."""
    history = HistoryFilter(_checked)
    for text in decoded(pieces):
        history.feed(text.encode())
    try:
        content = _read(as_utf8(history.document()))
    except BrokenSnapshot as error:
        if error.key != "snapshot_not_json":
            raise
        raise history.in_text(error) from error
    if history.fault:
        raise history.fault
    return content


def is_json(data: bytes) -> bool:
    """True if this is JSON, no larger than a snapshot; raises BrokenSnapshot for more."""
    check_size(data)
    try:
        _head(data)
    except BrokenSnapshot as error:
        return error.key != "snapshot_not_json"
    return True


def _head(data: bytes) -> Head:
    from pydantic import ValidationError  # noqa: PLC0415 - slow to import, only reading needs it

    try:
        head: Head = _adapter("head").validate_json(data)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        if fault["type"] == "json_invalid":
            raise _not_json(fault["msg"], data) from error
        raise BrokenSnapshot("snapshot_foreign") from error
    return head


def _check_head(data: bytes) -> None:
    """Refuse foreign files and newer versions before checking the rest."""
    head = _head(data)
    if head.format != FORMAT:
        raise BrokenSnapshot("snapshot_foreign")
    if not isinstance(head.version, int) or isinstance(head.version, bool) or head.version < 1:
        raise BrokenSnapshot("snapshot_wrong_value", where="version", expected=VERSION)
    if head.version > VERSION:
        raise BrokenSnapshot("snapshot_newer", version=head.version, known=VERSION)


def _not_json(message: str, data: bytes) -> BrokenSnapshot:
    """The error for invalid JSON; the parser counts bytes in a line, people count characters."""
    position = _POSITION.search(message)
    line, column = (int(position[1]), int(position[2])) if position else (1, 0)
    start = line_start(data, line)
    before = data[start : start + column].split(b"\n", 1)[0]
    return BrokenSnapshot("snapshot_not_json", line=line, column=len(before.decode(errors="ignore")))


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    """The validator of an object, or of a list of objects without nested ones."""
    from pydantic import TypeAdapter  # noqa: PLC0415

    from lfroadmap.roadmap import snapshot_schema  # noqa: PLC0415

    kinds: dict[str, Any] = {
        "head": snapshot_schema.Head,
        "document": snapshot_schema.Document,
        "roadmap": snapshot_schema.RoadmapForm,
        "stage": snapshot_schema.StageForm,
        "card": snapshot_schema.CardForm,
        "field": tuple[snapshot_schema.FieldForm, ...],
        "task": tuple[snapshot_schema.TaskForm, ...],
        "kpi": tuple[snapshot_schema.KpiForm, ...],
        "one_task": snapshot_schema.TaskForm,
        "one_kpi": snapshot_schema.KpiForm,
        "relation": tuple[snapshot_schema.RelationForm, ...],
        "note": tuple[snapshot_schema.NoteForm, ...],
        "reading": tuple[snapshot_schema.ReadingForm, ...],
        "measurement": tuple[snapshot_schema.MeasurementForm, ...],
        "calculator": snapshot_schema.CalculatorForm,
        "row": tuple[snapshot_schema.CalculatorRowForm, ...],
        "change": tuple[snapshot_schema.ChangeForm, ...],
    }
    return TypeAdapter(kinds[kind])


def _checked(kind: str, data: bytes, where: str, first: int) -> Any:  # noqa: ANN401 - a form, or many
    """A validated piece of a snapshot; `first` is the index of its first item in the full list."""
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        return _adapter(kind).validate_json(data)
    except ValidationError as error:
        raise _broken_snapshot(error, data, where, first) from error


_REASONS = {
    "missing": "snapshot_missing",
    "unexpected_keyword_argument": "snapshot_unknown",
    "string_type": "snapshot_wants_text",
    "bool_type": "snapshot_wants_bool",
    "tuple_type": "snapshot_wants_list",
    "dataclass_type": "snapshot_wants_object",
    "literal_error": "snapshot_wrong_value",
}


def _broken_snapshot(error: ValidationError, data: bytes, where: str, first: int) -> BrokenSnapshot:
    """The first fault as our own error."""
    fault = error.errors(include_url=False, include_input=False)[0]
    if fault["type"] == "json_invalid":
        return _not_json(fault["msg"], data)
    steps = fault["loc"]
    if steps and isinstance(steps[0], int):
        steps = (first + steps[0], *steps[1:])
    where = f"{where}{path_of(steps)}".removeprefix(".")
    expected = fault.get("ctx", {}).get("expected", "")
    return BrokenSnapshot(_REASONS.get(fault["type"], "snapshot_wrong_type"), where=where, expected=expected)


def path_of(steps: tuple[str | int, ...]) -> str:
    """The path as `roadmap.stages[0].title`; an unknown key is cut to a readable length."""
    path = ""
    for step in steps:
        name = step if isinstance(step, int) or len(step) <= 60 else step[:60] + "…"
        path += f"[{name}]" if isinstance(name, int) else f".{name}"
    return path


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a snapshot, derived from the types that reading checks against."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - slow to import, only this and reading need it
    from pydantic.json_schema import GenerateJsonSchema  # noqa: PLC0415

    from lfroadmap.roadmap.schema_descriptions import describe  # noqa: PLC0415
    from lfroadmap.roadmap.snapshot_schema import Document  # noqa: PLC0415

    class Plain(GenerateJsonSchema):
        """Without titles that only repeat the key."""

        def field_title_should_be_set(self, schema: object) -> bool:
            return False

    made = TypeAdapter(Document).json_schema(schema_generator=Plain)
    describe(made)  # of days reading takes more, from older files, and says what it leaves out
    for kind, limits in LONGEST.items():
        for name, most in limits.items():
            made["$defs"][f"{kind.__name__}Form"]["properties"][name]["maxLength"] = most
    return {"$schema": Plain.schema_dialect, "$id": f"urn:{FORMAT}:snapshot:{VERSION}", **made}
