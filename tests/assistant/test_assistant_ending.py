"""What the server prints, and how it ends: a closed pipe, a signal, a reader that is gone or deaf."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import pytest

from lfroadmap.store.history.queries import every
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from samples import sample
from terminal import environment


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Library(tmp_path / "data").create("plan", sample("en"), "dana")
    return tmp_path


def path(home: Path) -> Path:
    return Library(home / "data").path("plan")


class Raw:
    """The program with pipes of its own, for what no client does."""

    def __init__(self, home: Path, *argv: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lfroadmap", "mcp", *argv],
            env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self.input, self.output, self.errors = self.process.stdin, self.process.stdout, self.process.stderr

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.input, self.output, self.errors):
            if not pipe.closed:
                pipe.close()

    def send(self, method: str, number: int | None = None, **params: object) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        self.put(json.dumps(message | ({} if number is None else {"id": number})).encode() + b"\n")

    def put(self, data: bytes) -> None:
        self.input.write(data)
        self.input.flush()

    def initialize(self) -> None:
        client = {"name": "raw", "version": "1"}
        self.send("initialize", 1, protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        assert self.answer()["result"]["serverInfo"]["name"] == "lfroadmap"
        self.send("notifications/initialized")

    def answer(self) -> Any:  # noqa: ANN401 - whatever JSON it is
        return json.loads(self.output.readline())


@pytest.mark.proof
def test_the_output_is_protocol_only_and_the_end_of_the_input_ends_it(home: Path) -> None:
    with Raw(home, "--write") as raw:
        raw.initialize()
        raw.put(b"no message\n\n\xff\xfe\n[1]\n{}\n")
        raw.send("tools/call", 2, name="tick", arguments={"task": "goals.2"})
        lines = []
        while not lines or lines[-1].get("id") != 2:
            lines.append(raw.answer())
        assert lines[-1]["result"]["structuredContent"]["changed"]
        raw.input.close()
        rest, errors = raw.output.read(), raw.errors.read()
        assert raw.process.wait(30) == 0
        assert all(json.loads(line) for line in rest.splitlines()) and b"Traceback" not in errors


HOSTILE = (
    b"[" * 100_000, b'{"a":' * 50_000, b"\0" * 1000, b"\xf0\x28\x8c\x28", b"1" * 100_000, b"{" * 17_000_000,
    b'{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "tick", "arguments": '
    + b'{"task": ' * 2000 + b"1" + b"}" * 2000 + b"}}",
    b'{"jsonrpc": "2.0", "id": 8, "method": "tools/call", "params": {"name": 5}}',
    b'{"jsonrpc": "2.0", "id": 9, "method": "no/such/method", "params": null}',
    b'{"jsonrpc": "2.0", "id": 9, "method": "resources/read", "params": {"uri": "\\ud800"}}',
    b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}', b'{"jsonrpc": "2.0", "id": 1, "result": {}}',
)  # fmt: skip


@pytest.mark.proof
@pytest.mark.parametrize("before", [True, False], ids=["before the first request", "later"])
def test_hostile_messages_end_nothing(home: Path, before: bool) -> None:
    with Raw(home, "--write") as raw:
        if before:
            for line in HOSTILE[:6]:
                raw.put(line + b"\n")
        raw.initialize()
        for line in HOSTILE:
            raw.put(line + b"\n")
        raw.send("tools/call", 100, name="tick", arguments={"task": "goals.2"})
        while (answer := raw.answer()).get("id") != 100:
            assert "error" in answer or "result" in answer
        assert answer["result"]["structuredContent"]["changed"]
        raw.input.close()
        assert raw.process.wait(30) == 0


@pytest.mark.proof
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_behind_the_change_that_has_begun(home: Path, number: signal.Signals) -> None:
    with Raw(home, "--write") as raw:
        raw.initialize()
        for tries in range(40):
            raw.send(
                "tools/call", 10 + tries, name="add", arguments={"card": "goals", "words": f"task {tries}"}
            )
        assert raw.answer()["id"] >= 10
        raw.process.send_signal(number)
        assert raw.process.wait(30) == 128 + number
        assert raw.errors.read() == b""
    tasks = [task.text for task in read(path(home)).stages[0].cards[0].tasks[3:]]
    assert tasks == [f"task {n}" for n in range(len(tasks))] and 1 <= len(tasks) == len([*every(path(home))])


@pytest.mark.proof
def test_it_ends_where_nobody_reads_it(home: Path) -> None:
    with Raw(home) as raw:
        raw.initialize()
        raw.output.close()
        raw.send("tools/list", 2)
        assert raw.process.wait(30) == 0
        assert raw.errors.read() == b""


@pytest.mark.proof
def test_a_deaf_reader_does_not_keep_it(home: Path) -> None:
    with Raw(home) as raw:
        raw.initialize()
        for number in range(2, 40):  # more than a pipe holds
            raw.send("tools/call", number, name="guide", arguments={"topic": "models"})
        raw.process.send_signal(signal.SIGTERM)
        assert raw.process.wait(30) == 128 + signal.SIGTERM
