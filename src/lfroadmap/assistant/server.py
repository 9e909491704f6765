"""The server: the tools, resources and prompts of a desk, by the SDK of the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from lfroadmap import __version__
from lfroadmap.assistant import prompts, resources, tools
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.marking import unhidden
from lfroadmap.assistant.pipes import Ends, InputLines, OutputText
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.json_text import json_text

Context = ServerRequestContext[Any]
T = TypeVar("T")
_PAGE = 100
"""Resources that are listed at a time."""


End = Callable[[], object]


def serve(desk: Desk, ends: Ends, begin: Callable[[End], None]) -> None:
    """Serve until the input ends, nobody reads the output, or the function that `begin` is given is called.

    That may be on any thread, and in a handler of a signal. A change that has begun is finished.
    """
    anyio.run(_serve, desk, ends, begin)


async def _serve(desk: Desk, ends: Ends, begin: Callable[[End], None]) -> None:
    server = AssistantServer(desk).server()
    with anyio.CancelScope() as scope:
        output = OutputText(ends.sink, scope.cancel)
        begin(partial(asyncio.get_running_loop().call_soon_threadsafe, scope.cancel))
        source = cast("anyio.AsyncFile[str]", InputLines(ends.source))
        async with stdio_server(source, cast("anyio.AsyncFile[str]", output)) as (messages, answers):
            await server.run(messages, answers, server.create_initialization_options())


class AssistantServer:
    """Answers the requests of one assistant; the work is done on a thread, one request after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = anyio.CapacityLimiter(1)

    def server(self) -> Server[Any]:
        """The SDK's server with all that is answered."""
        say = self._desk.words
        rights = say("assistant.may_write" if self._desk.may_write else "assistant.may_read")
        return Server(
            "lfroadmap",
            version=__version__,
            title="lfroadmap",
            instructions=unhidden(f"{say('assistant.instructions')} {rights} {say('assistant.data')}"),
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_list_resource_templates=self._list_templates,
            on_read_resource=self._read_resource,
            on_list_prompts=self._list_prompts,
            on_get_prompt=self._get_prompt,
        )

    async def _do(self, context: Context, work: Callable[[], T]) -> T:
        """Do something on a thread, under the name that the assistant's program has; raises RoadmapError."""
        client = context.session.client_params

        def run() -> T:
            if client is not None:
                self._desk.assistant = client.client_info.title or client.client_info.name
            try:
                return work()
            except OSError as error:
                reason = error.strerror or error
                raise RoadmapError("system", path=error.filename or "", reason=reason) from error

        return await anyio.to_thread.run_sync(run, limiter=self._turn)

    async def _ask(self, context: Context, work: Callable[[], T]) -> T:
        """The same; what the product refuses is an error of the protocol."""
        try:
            return await self._do(context, work)
        except RoadmapError as error:
            raise MCPError(types.INVALID_PARAMS, self._message(error)) from error

    def _message(self, error: RoadmapError) -> str:
        return unhidden(self._desk.message(error))

    async def _list_tools(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=await self._do(context, self._tools))

    def _tools(self) -> list[types.Tool]:
        return [self._tool(name, tool) for name, tool in tools.tools_of(self._desk).items()]

    def _tool(self, name: str, tool: tools.Tool) -> types.Tool:
        words = self._desk.words
        return types.Tool(
            name=name,
            description=unhidden(words(f"assistant.tool_{name}")),
            input_schema=tools.schema_of(tool, words),
            output_schema=tool.output(),
            annotations=types.ToolAnnotations(
                read_only_hint=not (tool.writes or tool.exports),
                destructive_hint=False,
                open_world_hint=False,
            ),
        )

    async def _call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            found = await self._do(context, lambda: tools.call(self._desk, params.name, params.arguments))
        except RoadmapError as error:
            return types.CallToolResult(content=_texts(self._message(error)), is_error=True)
        return types.CallToolResult(content=_texts(json_text(found, compact=True)), structured_content=found)

    async def _list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        found = await self._ask(context, lambda: list(resources.resources(self._desk)))
        start = self._start(params.cursor if params else None, len(found))
        end = start + _PAGE
        return types.ListResourcesResult(
            resources=[
                types.Resource(uri=each.uri, name=each.name, title=each.title, mime_type=each.mime)
                for each in found[start:end]
            ],
            next_cursor=str(end) if end < len(found) else None,
        )

    def _start(self, cursor: str | None, total: int) -> int:
        """The number that a cursor of resources says."""
        if not cursor:
            return 0
        if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > len(str(total)):
            raise MCPError(types.INVALID_PARAMS, self._message(UsageError("assistant_cursor")))
        return int(cursor)

    async def _list_templates(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        words = self._desk.words
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=each.uri,
                    name=each.name,
                    description=words(f"assistant.resource_{each.name}"),
                    mime_type=each.mime,
                )
                for each in resources.TEMPLATES
            ]
        )

    async def _read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(params.uri)
        text, mime = await self._ask(context, lambda: resources.read(self._desk, uri))
        contents = types.TextResourceContents(uri=uri, text=text, mime_type=mime)
        return types.ReadResourceResult(contents=[contents])

    async def _list_prompts(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[self._prompt(name) for name in prompts.PROMPTS])

    def _prompt(self, name: str) -> types.Prompt:
        words, prompt = self._desk.words, prompts.PROMPTS[name]
        return types.Prompt(
            name=name,
            description=words(f"assistant.prompt_{name}"),
            arguments=[
                types.PromptArgument(
                    name=each, description=words(f"assistant.argument_{each}"), required=each in prompt.needs
                )
                for each in (*prompt.needs, *prompt.may_have)
            ],
        )

    async def _get_prompt(
        self, context: Context, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        texts = await self._ask(context, lambda: prompts.messages(self._desk, params.name, params.arguments))
        return types.GetPromptResult(
            description=self._desk.words(f"assistant.prompt_{params.name}"),
            messages=[types.PromptMessage(role="user", content=content) for content in _texts(*texts)],
        )


def _texts(*texts: str) -> list[types.ContentBlock]:
    return [types.TextContent(text=text) for text in texts]
