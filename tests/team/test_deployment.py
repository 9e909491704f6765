"""The files of `deploy/hocuspocus` and the docs name only what there is: files, services, ports, options."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from lfroadmap.cli.serving import PORT

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "hocuspocus"
SCRIPT = (DEPLOY / "server.mjs").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ROOMS = ["rooms-a", "rooms-b"]


def options() -> dict[str, str]:
    """The options of the server, each with its default or an empty text."""
    declared = re.search(r"parseArgs\(\{ options: \{(.*?)\} \}\)", SCRIPT, re.DOTALL)
    assert declared
    found = re.findall(r"(\w+): \{ type: 'string'(?:, default: '([^']*)')? \}", declared[1])
    assert found
    return dict(found)


def nginx(text: str) -> list[Any]:
    """The directives of a configuration: lists of words, each with a list of directives for its braces."""
    words = re.findall(r'"[^"]*"|[{};]|[^\s{};]+', re.sub(r"#.*", "", text))
    stack: list[list[Any]] = [[]]
    line: list[Any] = []
    for word in words:
        if word == "{":
            stack.append([])
            stack[-2].append([*line, stack[-1]])
            line = []
        elif word == "}":
            assert not line and len(stack) > 1
            stack.pop()
        elif word == ";":
            assert line
            stack[-1].append(line)
            line = []
        else:
            line.append(word.strip('"'))
    assert len(stack) == 1 and not line, "braces that do not match"
    return stack[0]


def test_services_are_built_of_files_that_there_are() -> None:
    assert sorted(SERVICES) == sorted([*ROOMS, "redis", "proxy"])
    for service in SERVICES.values():
        assert ("build" in service) != ("image" in service)
        assert service["restart"] == "always"
        assert set(service.get("depends_on", ())) <= set(SERVICES)
    for name in ROOMS:
        lines = SERVICES[name]["build"]["dockerfile_inline"].splitlines()
        (copied,) = (line.split()[1:-1] for line in lines if line.startswith("COPY"))
        assert sorted(copied) == ["package.json", "server.mjs"]
        assert all((DEPLOY / file).is_file() for file in copied)
        (image,) = (line.split()[1] for line in lines if line.startswith("FROM"))
        oldest = json.loads((DEPLOY / "package.json").read_text("utf-8"))["engines"]["node"]
        assert int(re.findall(r"\d+", image)[0]) >= int(re.findall(r"\d+", oldest)[0])


@pytest.mark.parametrize("name", ROOMS)
def test_the_servers_are_started_with_options_that_they_have(name: str) -> None:
    service = SERVICES[name]
    program, script, *given = service["command"]
    assert (program, (DEPLOY / script).is_file()) == ("node", True)
    named = dict(zip((each.removeprefix("--") for each in given[::2]), given[1::2], strict=True))
    assert set(named) <= set(options())
    (volume,) = service["volumes"]
    here, there = volume.split(":")[:2]
    assert (here, there) == ("./data", named["data"])
    assert "environment" not in service and "process.env" not in SCRIPT, "there are no variables to be set"
    host, port = named["redis"].split(":")
    assert host in service["depends_on"] and port == "6379"
    assert SERVICES["redis"]["command"][0] == "redis-server"


def test_the_proxy_leads_to_the_servers() -> None:
    (volume,) = SERVICES["proxy"]["volumes"]
    file = volume.split(":")[0]
    directives = nginx((DEPLOY / file).read_text("utf-8"))
    (upstream,) = (each for each in directives if each[0] == "upstream")
    servers = [each[1] for each in upstream[2] if each[0] == "server"]
    assert servers == [f"{name}:{options()['port']}" for name in ROOMS]
    assert set(SERVICES["proxy"]["depends_on"]) == set(ROOMS)
    (server,) = (each for each in directives if each[0] == "server")
    (listening,) = (each[1] for each in server[1] if each[0] == "listen")
    (ports,) = SERVICES["proxy"]["ports"]
    assert ports == f"127.0.0.1:{PORT}:{listening}"
    (location,) = (each for each in server[1] if each[0] == "location")
    assert ["proxy_pass", f"http://{upstream[1]}"] in location[2]


def test_the_example_of_the_docs_is_the_same_before_the_other_server() -> None:
    docs = (ROOT / "docs" / "team.md").read_text("utf-8")
    (example,) = re.findall(r"```nginx\n(.*?)```", docs, re.DOTALL)
    (location,) = nginx(example)
    (server,) = (each for each in nginx((DEPLOY / "nginx.conf").read_text("utf-8")) if each[0] == "server")
    (deployed,) = (each for each in server[1] if each[0] == "location")
    assert location[2][0] == ["proxy_pass", f"http://127.0.0.1:{PORT}"]
    assert location[2][1:] == deployed[2][1:]
    assert options()["port"] == str(PORT)


def test_a_configuration_with_braces_that_do_not_match_is_not_read() -> None:
    with pytest.raises(AssertionError):
        nginx("server { listen 80; ")
