"""Looking whether a value is what a schema says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema))
    return jsonschema.Draft202012Validator(json.loads(schema))


def check_schema(schema: Mapping[str, Any]) -> None:
    """Raise jsonschema.SchemaError where it is no schema; each is looked at once, as that takes long."""
    _validator(json.dumps(schema))


def validate(value: object, schema: Mapping[str, Any]) -> None:
    """Raise jsonschema.ValidationError where the value is not what the schema says."""
    _validator(json.dumps(schema)).validate(value)
