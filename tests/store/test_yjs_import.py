"""What of the Yjs library is loaded with a document, and that the rest of it can still be used."""

import subprocess
import sys

import pytest

LATER = ("anyio", "asyncio", "importlib.metadata", "pycrdt._awareness", "pycrdt._provider")
"""Modules that pycrdt imports, and that a document has no use of."""
AWAITED = """
import asyncio, sys
from lfroadmap.store.document.yjs import Doc, Map
import pycrdt
doc = Doc()
doc["m"] = shared = Map()

async def main():
    async with doc.events() as events:
        async with doc.new_transaction():
            shared["a"] = 1
        async for event in events:
            break
    provider = pycrdt.Awareness(doc)
    provider.set_local_state_field("name", "dana")
    print(shared["a"], type(event).__name__, provider.get_local_state()["name"], pycrdt.__version__)

asyncio.run(main())
print([module for module, found in sys.modules.items() if "Deferred" in type(found).__name__])
print([name for module, found in sys.modules.items() if module.startswith("pycrdt")
       for name, value in vars(found).items() if "Deferred" in type(value).__name__])
"""


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_document_loads_nothing_for_asynchronous_programs() -> None:
    code = f"""
import sys
from lfroadmap.store.document.yjs import Doc, Map
doc = Doc()
doc["m"] = Map({{"a": 1}})
with doc.transaction():
    doc["m"]["b"] = 2
print([name for name in {LATER} if name in sys.modules])
import anyio
print(anyio.Lock.__module__.partition(".")[0])
"""
    assert _run(code).split() == ["[]", "anyio"]


def test_what_awaits_still_works_in_a_program_that_has_a_document() -> None:
    from importlib.metadata import version

    first, stand_ins, deferred = _run(AWAITED).splitlines()
    assert first == f"1.0 TransactionEvent dana {version('pycrdt')}"
    assert (stand_ins, deferred) == ("[]", "[]")


@pytest.mark.parametrize("before", ["pycrdt", "anyio"])
def test_what_is_loaded_already_is_taken_as_it_is(before: str) -> None:
    code = f"import {before}; import lfroadmap.store.document.yjs; import pycrdt; print(pycrdt.Awareness)"
    assert _run(code).strip() == "<class 'pycrdt._awareness.Awareness'>"
