"""The standard input and output as the two ends of a protocol: nothing else reads or writes there.

Whatever else the process prints goes to the standard error. Reading and writing are done by threads that end
with the process, so that neither a silent nor a deaf peer can keep it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from queue import SimpleQueue
from typing import BinaryIO, NamedTuple, TextIO

LONGEST_LINE = 16_000_000
"""Bytes of a message that is read; of a longer one nothing is kept."""
_PIECE = 1 << 16
_AHEAD = 64
"""Lines that are read before they are asked for."""
_TOO_LONG = "too long"
"""Stands for a line that is too long; it is no message."""


class Ends(NamedTuple):
    """What is read from, and what is written into."""

    source: BinaryIO
    sink: BinaryIO


@contextmanager
def protocol_ends() -> Iterator[Ends]:
    """The standard streams for the protocol alone; what others print goes to the standard error."""
    with _own(sys.stdin, "rb") as source, _own(sys.stdout, "wb") as sink:
        yield Ends(source, sink)


@contextmanager
def _own(stream: TextIO, mode: str) -> Iterator[BinaryIO]:
    """A stream's file under another number, while its own number is that of nothing, or of the errors."""
    stream_number = _number(stream)
    if stream_number is None:
        yield stream.buffer  # no file is behind it
        return
    stream.flush()
    private = os.dup(stream_number)
    elsewhere = os.open(os.devnull, os.O_RDONLY) if mode == "rb" else os.dup(_number(sys.stderr) or 2)
    os.dup2(elsewhere, stream_number)
    os.close(elsewhere)
    try:
        # never closed: a thread may wait for it to the end
        yield os.fdopen(private, mode, buffering=0, closefd=False)  # type: ignore[misc]
    finally:
        with suppress(OSError):
            stream.flush()
        os.dup2(private, stream_number)


def _number(stream: TextIO) -> int | None:
    try:
        return stream.fileno()
    except (UnsupportedOperation, AttributeError):
        return None


class InputLines:
    """The lines of the input, as text; iterated by the event loop."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._free = threading.Semaphore(_AHEAD)
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, name="protocol-input", daemon=True).start()

    def __aiter__(self) -> InputLines:
        return self

    async def __anext__(self) -> str:
        """The next line; at the end of the input, StopAsyncIteration."""
        line = await self._lines.get()
        if line is None:
            raise StopAsyncIteration
        self._free.release()
        return line

    def _read(self) -> None:
        """The thread's body."""
        with suppress(RuntimeError):  # the loop has ended
            for line in lines_of(self._source):
                self._free.acquire()
                self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
            self._loop.call_soon_threadsafe(self._lines.put_nowait, None)


def lines_of(source: BinaryIO) -> Iterator[str]:
    """The lines of a stream; what is not UTF-8 in them is replaced, and what is too long is no message."""
    rest, is_too_long = bytearray(), False
    while piece := _piece(source):
        *ends, last = piece.split(b"\n")
        for end in ends:
            rest += end
            yield _TOO_LONG if is_too_long else rest.decode("utf-8", "replace")
            rest, is_too_long = bytearray(), False
        rest += last
        if len(rest) > LONGEST_LINE:
            rest, is_too_long = bytearray(), True
    if rest:
        yield rest.decode("utf-8", "replace")


def _piece(source: BinaryIO) -> bytes:
    """What is there to be read, empty at the end."""
    try:
        return source.read(_PIECE) or b""
    except OSError:  # the other side is gone in a way that systems differ in
        return b""


class OutputText:
    """Writes text whole, in its order; `gone` is called where nobody reads any more."""

    def __init__(self, sink: BinaryIO, gone: Callable[[], None]) -> None:
        self._sink, self._gone = sink, gone
        self._texts: SimpleQueue[tuple[bytes, asyncio.Future[bool]]] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._write, name="protocol-output", daemon=True).start()

    async def write(self, text: str) -> None:
        """Write, and return when it is written, or when that is not possible any more."""
        done: asyncio.Future[bool] = self._loop.create_future()
        self._texts.put((text.encode("utf-8", "replace"), done))
        if not await done:
            self._gone()

    async def flush(self) -> None:
        """Nothing is kept back."""

    def _write(self) -> None:
        """The thread's body."""
        while True:
            data, done = self._texts.get()
            is_written = self._put(data)
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(_settle, done, is_written)

    def _put(self, data: bytes) -> bool:
        left = memoryview(data)
        try:
            while left:
                left = left[self._sink.write(left) or 0 :]
            self._sink.flush()
        except (OSError, ValueError):  # closed by the reader, or by the process
            return False
        return True


def _settle(done: asyncio.Future[bool], is_written: bool) -> None:
    if not done.done():
        done.set_result(is_written)
