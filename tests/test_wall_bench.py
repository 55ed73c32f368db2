"""The wall with many watching, on the real server: nothing gets lost, and asking again keeps its line."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop import bench_wall
from workshop.cli import main


def test_every_screen_gets_every_idea_also_after_its_network_was_gone() -> None:
    done = CliRunner().invoke(main, ["bench", "wall", "--watchers", "12", "--ideas", "3", "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    assert (figures["watchers"], figures["ideas"], figures["lost"]) == (12, 6, 0)
    assert 0 < figures["p50_s"] <= figures["p95_s"] <= figures["max_s"]


@pytest.mark.parametrize("polite", [True, False])
def test_nothing_new_leaves_the_line_open_unless_asked_to_hang_up(tmp_path: Path, polite: bool) -> None:
    stage = bench_wall.staged(tmp_path, 1)
    with bench_wall.served(tmp_path, stage.port):
        line = http.client.HTTPConnection("127.0.0.1", stage.port)
        line.request("GET", f"/muur/{stage.room}/stand")
        first = line.getresponse()
        assert json.loads(first.read())["count"] == "1 idee"
        socket = line.sock
        headers = {"If-None-Match": first.headers["ETag"]} | ({} if polite else {"Connection": "close"})
        line.request("GET", f"/muur/{stage.room}/stand", headers=headers)
        again = line.getresponse()
        again.read()
        assert again.status == 304
        assert (line.sock is socket) == polite
        line.close()
