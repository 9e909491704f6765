"""`completion`: scripts by which a shell completes what is typed, and the answers that they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import option, positional
from lfroadmap.cli.output import print_bytes
from lfroadmap.errors import UsageError

DONE = 0
_SCRIPTS = Path(__file__).parents[1] / "content" / "completion"
_BROKEN_AT = ":="
"""Signs at which bash begins another word: an answer begins behind the last of them."""
_SPECIAL = re.compile(r"([^\w@%+./,:=~-])", re.ASCII)
_WORD = re.compile(r"""(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^\s"'\\]|\\$)+""", re.DOTALL)
_PART = re.compile(r"""\\(.)|"((?:\\.|[^"\\])*)"?|'([^']*)'?|([^"'\\]+)""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CompletionOptions:
    """The options of `completion`."""

    shell: str | None = positional("bash|zsh|fish")
    words: str | None = option("--words")
    line: str | None = option("--line")


def completion(context: CommandContext[CompletionOptions]) -> int:
    """Print the script for a shell, or what may stand at the end of a line."""
    from lfroadmap.cli.completing import SHELLS

    options = context.options
    if options.words is not None:
        _answer(context, options.words.split("\n")[1:-1] or [""])
    elif options.line is not None:
        _answer_bash(context, options.line)
    else:
        shell = needed(options.shell, "bash|zsh|fish", "completion")
        if shell not in SHELLS:
            raise UsageError("no_shell", name=shell, known=", ".join(SHELLS))
        print_bytes((_SCRIPTS / f"lfroadmap.{shell}").read_bytes())
    return DONE


def _answer(context: CommandContext[CompletionOptions], words: list[str]) -> None:
    """Print what may stand in place of the last word, each with what is said about it behind a tab."""
    from lfroadmap.cli.completing import candidates

    _print(f"{value}\t{about}" if about else value for value, about in candidates(context, words))


def _answer_bash(context: CommandContext[CompletionOptions], line: str) -> None:
    """Print what bash puts in place of its last word: the words quoted as the line is."""
    from lfroadmap.cli.candidate import FILES
    from lfroadmap.cli.completing import candidates

    words = [found[0] for found in _WORD.finditer(line)]
    typed = words.pop() if words and not re.search(r"(?<!\\)\s$", line) else ""
    quote = typed[:1] if typed[:1] in ("'", '"') else ""
    found = candidates(context, [*map(unquoted, words[1:]), unquoted(typed)])
    _print(
        value if value == FILES or quote else _SPECIAL.sub(r"\\\1", value)[_broken(unquoted(typed), value) :]
        for value, _ in found
    )


def _print(lines: Iterable[str]) -> None:
    print_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))


def unquoted(word: str) -> str:
    """A word as the shell passes it on, also one whose quotes are not closed yet."""
    return "".join(
        re.sub(r"\\(.)", r"\1", double) if double else found or single or plain or ""
        for found, double, single, plain in _PART.findall(word)
    )


def _broken(typed: str, value: str) -> int:
    """How many characters of a value bash has behind it already."""
    end = max(typed.rfind(sign) for sign in _BROKEN_AT) + 1
    return len(_SPECIAL.sub(r"\\\1", value[:end]))


COMPLETION = Command(CompletionOptions, completion)
