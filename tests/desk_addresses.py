"""Every address of the desk, filled in with real keys of a workshop in which there is something of everything."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule

from tests import returned, rounding
from tests.conftest import CARD
from tests.own import own_card
from workshop import ids, own_sharing
from workshop.domain import (
    actions,
    agreements,
    facilitators,
    mandates,
    meetings,
    orders,
    own_decks,
    own_parcels,
    plan_changes,
    plans,
    results,
    slips,
    themes,
    trials,
    walls,
)
from workshop.domain.actions import Promise
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given
from workshop.domain.plan_changes import Written
from workshop.domain.results import Draft
from workshop.domain.trials import About
from workshop.domain.workshops import Workshop
from workshop.house import House

Address = dict[str, str]


def filled(house: House, workshop: Workshop, facilitator: Facilitator, door: Door) -> Address:
    """Fill a workshop with something of everything; return real keys for every variable part of an address."""
    (idea,) = returned.cards(house, workshop, facilitator.id)
    page = returned.page_with(house, idea)
    sheet = returned.sheet(house, workshop, facilitator.id)
    order = house.store.write(orders.order, workshop.id, facilitator.id, {"document": "test", "flip": "long"})
    claimed = house.store.write(orders.claim, order.id)
    assert claimed
    house.store.write(orders.finish, claimed, house.files.keep(b"paper", "pdf"), "proef.pdf")
    own = own_card(house, workshop, facilitator)
    allowed = Given("Mevrouw Bos", "Proberen", "2099-12-31")
    shown = Draft("De koffietuin", picture=idea.pictures[0].file, picture_alt="Een tuin")
    zipped = own_sharing.pack(house, house.store.read(own_decks.find, workshop.id, own.own_deck_id), [own])
    return {
        "workshop_id": workshop.id,
        "card_id": CARD,
        "idea_id": idea.id,
        "picture_id": idea.pictures[0].id,
        "stack_id": page.stack_id,
        "pile_id": ids.new(),
        "page_id": page.id,
        "sighting_id": sheet.id,
        "deed": "draai",
        "how": "schoon",
        "series_id": house.store.read(slips.by_number, idea.slip or "").series_id,  # type: ignore[union-attr] # it was just made
        "side": "voorkant",
        "order_id": order.id,
        "recipe_id": "kennismaken",
        "secret": house.store.write(facilitators.invite, workshop.id, "facilitator", facilitator.id),
        "receipt": idea.receipt,
        "meeting_id": house.store.read(meetings.of_workshop, workshop.id)[0].id,
        "trial_id": house.store.write(
            trials.make, workshop.id, About("Bankjes", "Zitten mensen er?"), facilitator.id
        ).id,
        "block_id": _planned(house, workshop, facilitator),
        "theme_id": house.store.write(themes.make, workshop.id, "Buiten zitten").id,
        "planned": ids.new(),
        "change": "naam",
        "result_id": house.store.write(results.make, workshop.id, shown, facilitator.id).id,
        "wall_id": house.store.write(walls.make, workshop.id, "group", "theme").id,
        "wish": "volgorde",
        "move": "begin",
        "together": "verbergen",
        "verb": "gelezen",
        "turn": "weg",
        "round_id": rounding.opened(house, facilitator, rounding.shared(house, door)).id,
        "step": "open",
        "action_id": house.store.write(actions.add, workshop.id, Promise("Bellen", "group"), facilitator.id).id,
        "doing": "gedaan",
        "mandate_id": house.store.write(mandates.give, workshop.id, None, allowed, facilitator.id).id,
        "signing": "intrekken",
        "agreement_id": house.store.write(agreements.add, workshop.id, "We luisteren.").id,
        "zone_id": ids.new(),
        "own_id": own.id,
        "deck_key": own.own_deck_id,
        "parcel_id": house.store.write(own_parcels.keep, workshop.id, facilitator.id, house.files.keep(zipped, "zip")),
        "kind": "csv",
        "page": "printen",
        "face": "voorkant",
        "size": "eigen",
    }


def _planned(house: House, workshop: Workshop, who: Facilitator) -> str:
    """Let a meeting have a plan of one block; return its key."""
    meeting = house.store.read(meetings.of_workshop, workshop.id)[0]
    block = Written("work", 20, "A", "Wandelen")
    house.store.write(plan_changes.add, meeting, block, "", who.id, ids.new())
    return house.store.read(plans.of, meeting.id).blocks[0].id


def addresses(app: Flask, values: Address) -> dict[tuple[str, str], str]:
    """Return every address of the desk by method and endpoint, filled in with these values."""
    bound = app.url_map.bind("werkplaats.nl", url_scheme="https")
    return {
        (method, rule.endpoint): bound.build(
            rule.endpoint, {name: _fitting(rule, name, values) for name in rule.arguments}
        )
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("desk.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _fitting(rule: Rule, name: str, values: Address) -> str:
    """Return the value for a part of an address; where only some words fit, the first of those."""
    words = getattr(rule._converters[name], "items", None)
    return values[name] if words is None or values.get(name) in words else min(words)
