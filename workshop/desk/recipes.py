"""Programmes: which there are, what one asks of a meeting, its cards ready to print, and its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cards.card import Card
from cards.recipe import Amounts, Counts, Recipe
from cards.recipe_book import recipes as book
from workshop import web
from workshop.desk.cards import picture_mark
from workshop.desk.guard import desk, here, number_in
from workshop.desk.printing import can_be_printed, place
from workshop.domain import choices, doors
from workshop.house import house, read, write

START = time(13, 30)
LARGE = 3  # of twenty people, as many read large letters more easily
MOST_TABLES, MOST_PEOPLE = 30, 99
PAPERS = ("blad", "kaarten", "groot")


@dataclass(frozen=True)
class Plan:
    """A recipe for one meeting: when it begins and for how many."""

    recipe: Recipe
    counts: Counts
    start: time

    @property
    def amounts(self) -> Amounts:
        """Return how many of everything this meeting needs."""
        return self.recipe.amounts(self.counts.tables, self.counts.people, self.counts.large)

    @property
    def copies(self) -> dict[str, int]:
        """Return how many of each card, at its own size."""
        return {one.card: one.copies for one in self.amounts.cards}

    @property
    def asked(self) -> dict[str, Any]:
        """Return the plan as it stands in an address."""
        counts = {"tafels": self.counts.tables, "mensen": self.counts.people, "groot": self.counts.large}
        return {"recipe_id": self.recipe.id, **counts, "begin": f"{self.start:%H:%M}"}


@desk.get("/<workshop_id>/programmas")
def recipes(workshop_id: str) -> ResponseReturnValue:
    """Show all programmes in the order of the series."""
    return render_template("desk/recipes.html", recipes=book().recipes)


@desk.get("/<workshop_id>/programmas/<recipe_id>")
def recipe(workshop_id: str, recipe_id: str) -> ResponseReturnValue:
    """Show one programme with its clock times, its cards, and how many to print."""
    plan = _plan(recipe_id, request.args)
    chosen = read(choices.of_workshop, workshop_id)
    return render_template(
        "desk/recipe.html",
        plan=plan,
        recipe=plan.recipe,
        amounts=plan.amounts,
        cards=_cards(plan.recipe),
        marks=_marks(plan.recipe, read(doors.of_workshop, workshop_id)),
        library=house().library,
        chosen=chosen,
        ready=all(chosen.get(card_id) == copies for card_id, copies in plan.copies.items()),
        before=_told({card_id: chosen.get(card_id, 0) for card_id in plan.copies}),
        done=request.args.get("gedaan", ""),
        was=request.args.get("was", ""),
        printable=can_be_printed(),
        most_tables=MOST_TABLES,
        most_people=MOST_PEOPLE,
    )


@desk.post("/<workshop_id>/programmas/<recipe_id>/klaarzetten")
def recipe_ready(workshop_id: str, recipe_id: str) -> ResponseReturnValue:
    """Choose the cards of a programme, each with the right number of copies. Twice is once."""
    plan = _plan(recipe_id, request.form)
    before = write(choices.put_all, workshop_id, plan.copies)
    was = _told(before) if before != plan.copies else request.form.get("was", "")
    done = "klaar" if _before(plan, was) != plan.copies else "stond-al"
    return _to(plan, gedaan=done, was=was)


@desk.post("/<workshop_id>/programmas/<recipe_id>/terugzetten")
def recipe_undo(workshop_id: str, recipe_id: str) -> ResponseReturnValue:
    """Undo that: each card has the copies it had, unless somebody changed it since."""
    plan = _plan(recipe_id, request.form)
    write(choices.put_back, workshop_id, plan.copies, _before(plan, request.form.get("was", "")))
    return _to(plan, gedaan="terug")


@desk.post("/<workshop_id>/programmas/<recipe_id>/printen")
def recipe_print(workshop_id: str, recipe_id: str) -> ResponseReturnValue:
    """Order the sheet of a programme, its cards, or those cards in large letters."""
    plan = _plan(recipe_id, request.form)
    paper = request.form.get("wat", PAPERS[0])
    if paper not in PAPERS or (paper != "blad" and not can_be_printed()):
        return _to(plan)
    return place(_order(plan, paper))


def _order(plan: Plan, paper: str) -> dict[str, Any]:
    if paper == "blad":
        start = plan.asked["begin"]
        sheet = {"document": "recipe", "recipe": plan.recipe.id, "start": start, "language": web.language()}
        return {**sheet, **plan.counts.model_dump()}
    cards = {"document": "cards", "flip": "long", "language": here().language}
    if paper == "groot":
        large = [one.card for one in plan.amounts.cards if one.large]
        return {**cards, "format": "large", "cards": large, "copies": plan.counts.large}
    return {**cards, "format": "auto", "cards": list(plan.copies)}


def _plan(recipe_id: str, values: Mapping[str, str]) -> Plan:
    """Return the plan as asked; what is no sensible number becomes the usual one."""
    found = book().find(recipe_id) or abort(404)
    people = _between(values.get("mensen", ""), 1, MOST_PEOPLE) or found.people
    tables = _between(values.get("tafels", ""), 1, MOST_TABLES)
    large = _between(values.get("groot", ""), 0, people)
    try:
        start = time.fromisoformat(values.get("begin", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        start = START
    return Plan(found, Counts.of(people, tables, min(LARGE, people) if large is None else large), start)


def _between(text: str, least: int, most: int) -> int | None:
    """Return the number in a field, at most `most`; None when it is none or too low."""
    number = number_in(text)
    return min(number, most) if text.isdecimal() and number >= least else None


def _cards(found: Recipe) -> dict[str, Card]:
    """Return the cards of a recipe in the language they are printed in."""
    there = {use.card: house().library.find(use.card, here().language) for use in found.uses()}
    return {card_id: card for card_id, card in there.items() if card}


def _marks(found: Recipe, opened: Mapping[str, doors.Door]) -> dict[str, str]:
    return {card_id: picture_mark(card, opened.get(card_id)) for card_id, card in _cards(found).items()}


def _told(copies: Mapping[str, int]) -> str:
    """Return copies as they stand in an address, in the order of the cards: `0-4-17`."""
    return "-".join(map(str, copies.values()))


def _before(plan: Plan, told: str) -> dict[str, int]:
    """Read that back; what does not fit the cards of the plan says that nothing was different."""
    numbers = [number_in(part) for part in told.split("-")]
    return dict(zip(plan.copies, numbers, strict=True)) if len(numbers) == len(plan.copies) else plan.copies


def _to(plan: Plan, **more: Any) -> ResponseReturnValue:
    return redirect(url_for("desk.recipe", workshop_id=here().id, **plan.asked, **more), 303)
