"""The command line's measure of the web: how many phones one machine and the grown set-up carry."""

from __future__ import annotations

import json
from typing import Any

import click

from workshop.cli import numbers, setting


@click.command("web")
@click.option(
    "--clients", callback=numbers, default="50,200,500", show_default=True, help="Phones at once, each in turn."
)
@click.option(
    "--ideas", "sizes", callback=numbers, default="100,1000,100000", show_default=True, help="Ideas in the workshop."
)
@click.option("--seconds", type=click.FloatRange(min=0.5), default=5.0, show_default=True, help="Length of a round.")
@click.option("--grown", is_flag=True, help="Also two servers on PostgreSQL, Redis and S3, started for it.")
@setting("store")
@setting("files")
@setting("queue")
@click.option(
    "--peers", is_flag=True, help="Also others doing the same work; they are installed from PyPI and removed."
)
@click.option("--json", "as_json", is_flag=True, help="Write the table as JSON.")
def bench_web(
    clients: list[int],
    sizes: list[int],
    seconds: float,
    grown: bool,
    store: str | None,
    files: str | None,
    queue: str | None,
    peers: bool,
    as_json: bool,
) -> None:
    """Measure the web: requests a second, CPU for each, waiting and memory, with ever more phones and ideas.

    With --store, --files and --queue the grown set-up is on those: only for measuring, a workshop for each number of
    ideas is added there. What such engines use themselves is not counted.
    """
    from workshop.bench_engines import Engines
    from workshop.bench_web import bench

    given = Engines(store or "", files or "", queue or "")

    def tell(row: dict[str, Any]) -> None:
        click.echo("  ".join(_said(name, value) for name, value in row.items()), err=as_json)

    table = bench(clients, sizes, seconds, given if given != Engines() else grown, peers, tell)
    if as_json:
        click.echo(json.dumps(table))
        return
    for row in table["rows"]:
        if "reason" in row:
            tell(row)
    click.echo("  ".join(f"{name} {value}" for name, value in table["machine"].items()))
    click.echo(f"{table['lost']} acknowledged ideas are not in the store.")


def _said(name: str, value: Any) -> str:
    if name == "kinds":
        return " ".join(f"{kind} p50/p95 {of['p50_ms']}/{of['p95_ms']} ms" for kind, of in value.items())
    if name == "other":
        return f"other={value}"
    return str(value) if name in ("how", "reason") else f"{name} {value}"
