"""The command line's rhythm: the days of a series of meetings, and what is wrong with some. Needs no workshop."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from workshop.domain import rhythm as series
from workshop.domain.rhythm import Free, Planned


def _free(text: str) -> Free:
    """Return days to keep free, written as `2027-07-19:2027-08-20:Zomervakantie`; the last day may come first."""
    since, _, rest = text.partition(":")
    until, _, why = rest.partition(":")
    try:
        first, last = sorted((date.fromisoformat(since), date.fromisoformat(until)))
    except ValueError:
        raise click.BadParameter(f"“{text}”: write it like 2027-07-19:2027-08-20:Zomervakantie.") from None
    return Free(first, last, why.strip() or "Vrijgehouden")


@click.command("rhythm")
@click.option("--first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day of the first meeting: 2027-01-11.")
@click.option("--every", type=int, default=42, show_default=True, help="Days between two meetings.")
@click.option("--months", type=int, default=18, show_default=True, help="How many months it lasts at least.")
@click.option("--free", multiple=True, help="Days to keep free: 2027-07-19:2027-08-20:Zomervakantie. May be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Write the series as JSON.")
def rhythm(first: datetime, every: int, months: int, free: tuple[str, ...], as_json: bool) -> None:
    """List the days of a series of meetings: Dutch holidays are flagged, with a better day beside them."""
    planned = series.plan(first.date(), every, months, [_free(one) for one in free])
    rule = f"{planned.periods} periods of {planned.every} days: {planned.days} days from the first meeting to the last"
    if as_json:
        click.echo(json.dumps({"rule": rule, "meetings": [_row(one) for one in planned.meetings]}, ensure_ascii=False))
        return
    for one in planned.meetings:
        better = f"  better: {one.suggestion.isoformat()}" if one.suggestion else ""
        click.echo(f"{one.number:>3}  {one.date.isoformat()}  {', '.join(one.flags)}{better}".rstrip())
    click.echo(f"{rule}; a month counts as 52/12 weeks.")


def _row(one: Planned) -> dict[str, object]:
    suggestion = one.suggestion.isoformat() if one.suggestion else None
    return {"number": one.number, "date": one.date.isoformat(), "flags": list(one.flags), "suggestion": suggestion}
