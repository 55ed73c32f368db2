"""The command line's measure of the wall: how soon an idea is on every screen, with many watching."""

from __future__ import annotations

import json

import click


@click.command("wall")
@click.option("--watchers", type=click.IntRange(2, 2000), default=300, show_default=True, help="Screens that watch.")
@click.option("--ideas", "count", type=click.IntRange(3, 60), default=12, show_default=True, help="Ideas of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Write the figures as JSON.")
def bench_wall(watchers: int, count: int, as_json: bool) -> None:
    """Measure the wall: seconds from a phone or a click until every screen has the idea, and what gets lost."""
    from workshop.bench_wall import bench

    figures = bench(watchers, count)
    if as_json:
        click.echo(json.dumps(figures))
    else:
        click.echo("  ".join(f"{name} {value}" for name, value in figures.items()))
