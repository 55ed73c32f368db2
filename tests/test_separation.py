"""Two organisations, both full of everything: nothing of one reaches the desk of the other, by any address or field.

The addresses come from the grid of the desk, the fields from the forms it shows: a new one of either is tried at once.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.conftest import CARD, DETAILS, SECOND_CARD, Visit
from tests.desk_addresses import Address, addresses, filled
from tests.desk_grid import GRID
from workshop import ids
from workshop.domain import choices, doors, facilitators, organisations, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import owned, schema

CANARY = "Kanarievogel"
SUNG = {
    "workshop": ("name", "question", "contact_name"),
    "idea": ("words", "own_words", "maker"),
    "theme": ("name",),
    "trial": ("title", "question"),
    "result": ("title", "story", "picture_alt"),
    "action": ("what",),
    "mandate": ("allows", "what"),
    "agreement": ("words",),
    "block": ("title",),
    "meeting": ("name", "place"),
    "round": ("title",),
    "stack_file": ("name",),
    "print_order": ("name",),
    "slip_series": ("question",),
    "facilitator": ("name",),
    "organisation": ("name",),
}
"""Where Anna's organisation has a canary in its words."""
OUTSIDE = ("sign_in", "sign_out", "link", "account", "deck_colours", "own_deck_colours")
"""Pages that are of nobody's workshop, or that would end what we look with."""
KEY = re.compile(r"[0-9A-Z]{26}")


@dataclass(frozen=True)
class Two:
    """Keys of Anna's workshop and of Bas's, and the browser of Bas."""

    hers: Address
    his: Address
    browser: FlaskClient
    anna: Facilitator
    bas: Facilitator

    @property
    def unknown(self) -> Address:
        """Return keys like Anna's of things that never were."""
        return {name: ids.new() if KEY.fullmatch(key) else key for name, key in self.hers.items()}


@pytest.fixture
def two(house: House, workshop: Workshop, facilitator: Facilitator, door: Door, visit: Visit) -> Two:
    """Two organisations with something of everything; in the words of Anna's there is a canary."""
    hers = filled(house, workshop, facilitator, door)
    made = house.store.write(organisations.make, "De Kring")
    bas = house.store.write(facilitators.make, "Bas", "", made.id)
    his = house.store.write(workshops.make, bas.id, replace(DETAILS, name="Werkplaats van Bas", contact_name="Bas"))
    for card in (CARD, SECOND_CARD):
        house.store.write(choices.put, his.id, card)
    behind = house.store.write(doors.open_for, his.id, [CARD, SECOND_CARD])[CARD]
    found = filled(house, his, bas, behind)
    sing(house, facilitator.organisation_id)
    client = visit()
    secret = house.store.write(facilitators.begin, bas.id)
    client.set_cookie("__Host-bureau", secret, domain="werkplaats.nl", secure=True)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return Two(hers, found, client, facilitator, bas)


def sing(house: House, organisation_id: str) -> None:
    """Put a canary in the words of an organisation."""

    def change(tx: object) -> None:
        for table, columns in SUNG.items():
            for column in columns:
                text = f'update "{table}" set "{column}" = \'{CANARY} \' || "{column}" where {owned.rows_of(table)}'
                tx.change(text, organisation_id=organisation_id)  # type: ignore[attr-defined]

    house.store.write(change)


def rows(house: House, organisation_id: str) -> Mapping[str, str]:
    """Return a hash of all rows of an organisation, by table."""
    found = {}
    with closing(sqlite3.connect(house.settings.store_path)) as connection:
        for name in (*owned.names(), "organisation"):
            text = f'select * from "{name}" where {owned.rows_of(name)} order by 1, 2'
            there = connection.execute(text, {"organisation_id": organisation_id}).fetchall()
            found[name] = hashlib.sha256(repr(there).encode()).hexdigest()
    return found


def crossing(house: House) -> list[str]:
    """Return every column by which a row of one organisation points to a row of another."""
    found = []
    with closing(sqlite3.connect(house.settings.store_path)) as connection, schema.empty() as memory:
        everybody = [row[0] for row in connection.execute("select id from organisation")]
        for name in owned.names():
            for row in memory.execute(f'pragma foreign_key_list("{name}")').fetchall():
                target, column, key = row[2], row[3], row[4]
                if target not in owned.names():
                    continue
                theirs = f'select "{key}" from "{target}" where {owned.rows_of(target)}'
                text = (
                    f'select count(*) from "{name}" where ({owned.rows_of(name)}) and "{column}" is not null '
                    f'and "{column}" not in ({theirs})'
                )
                for one in everybody:
                    if connection.execute(text, {"organisation_id": one}).fetchone()[0]:
                        found.append(f"{name}.{column}")
    return found


def pages(app: Flask, values: Address, method: str = "") -> Iterator[tuple[str, str, str]]:
    """Return method, endpoint and address of every page of the desk that has to do with somebody's workshop."""
    for (how, endpoint), address in addresses(app, values).items():
        if method in ("", how) and endpoint.removeprefix("desk.") not in OUTSIDE:
            yield how, endpoint, address


def plain(body: bytes, *values: Address) -> str:
    """Return a page without the keys that were in its address."""
    text = body.decode("latin-1")
    for keys in values:
        for key in keys.values():
            if KEY.fullmatch(key):
                text = text.replace(key, "KEY")
    return re.sub(r'nonce="[^"]*"|nonce-[\w+/=-]+', "", text)


class _Fields(HTMLParser):
    """Which fields of the forms on a page hold which of these keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self._keys, self._select = keys, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field with a key in it."""
        has = dict(attrs)
        if tag == "select":
            self._select = has.get("name") or ""
        name = self._select if tag == "option" else has.get("name") or ""
        if name and (has.get("value") or "") in self._keys:
            self.found.add((name, self._keys[has["value"] or ""]))


def fields(app: Flask, two: Two) -> set[tuple[str, str]]:
    """Return every field of a form at the desk that holds a key, with the kind of key, as the pages themselves show."""
    kinds = {key: name for name, key in two.his.items() if KEY.fullmatch(key)} | {two.bas.id: "facilitator_id"}
    reader = _Fields(kinds)
    for _, _, address in pages(app, two.his, "GET"):
        reader.feed(two.browser.get(address, follow_redirects=True).data.decode(errors="replace"))
    return reader.found


def test_by_her_address_he_finds_what_everybody_finds_who_makes_one_up(app: Flask, two: Two) -> None:
    tried = 0
    unknown = two.unknown
    for (method, endpoint, address), (_, _, other) in zip(pages(app, two.hers), pages(app, unknown), strict=True):
        if "/" + two.hers["workshop_id"] not in address:
            continue
        hers = two.browser.open(address, method=method)
        never = two.browser.open(other, method=method)
        assert hers.status_code == never.status_code == 404, (method, endpoint)
        assert plain(hers.data, two.hers) == plain(never.data, unknown), (method, endpoint)
        assert CANARY.encode() not in hers.data, (method, endpoint)
        tried += 1
    assert tried > len(GRID) * 0.9


def test_her_keys_in_his_own_workshop_are_keys_of_nothing(app: Flask, house: House, two: Two) -> None:
    before = rows(house, two.anna.organisation_id)
    unknown = two.unknown | {"workshop_id": two.his["workshop_id"]}
    mixed = two.hers | {"workshop_id": two.his["workshop_id"]}
    for (method, endpoint, address), (_, _, other) in zip(pages(app, mixed), pages(app, unknown), strict=True):
        if address == other:
            continue
        found = two.browser.open(address, method=method)
        never = two.browser.open(other, method=method)
        assert found.status_code == never.status_code, (method, endpoint)
        assert plain(found.data, mixed) == plain(never.data, unknown), (method, endpoint)
        assert CANARY.encode() not in found.data, (method, endpoint)
    assert rows(house, two.anna.organisation_id) == before
    assert crossing(house) == []


def test_his_own_pages_have_no_word_of_hers(app: Flask, two: Two) -> None:
    secrets = {key for key in two.hers.values() if KEY.fullmatch(key)} | {CANARY, two.anna.id}
    for method, endpoint, address in pages(app, two.his, "GET"):
        body = two.browser.get(address, follow_redirects=True).data
        assert not [one for one in secrets if one.encode() in body], (method, endpoint)


def test_her_keys_in_any_field_bring_him_nothing_and_change_nothing(app: Flask, house: House, two: Two) -> None:
    known = fields(app, two)
    assert {name for _, name in known} >= {"meeting_id", "theme_id"}
    hers = two.hers | {"facilitator_id": two.anna.id}
    sent = MultiDict([(name, hers[kind]) for name, kind in sorted(known)])
    sent.setlist("bewijs", [two.hers["receipt"]])
    before = rows(house, two.anna.organisation_id)
    for method, endpoint, address in pages(app, two.his):
        if method == "GET":
            answer = two.browser.get(address, query_string=sent, follow_redirects=True)
        else:
            answer = two.browser.open(address, method=method, data=sent, follow_redirects=True)
        assert answer.status_code != 500, (method, endpoint)
        assert CANARY.encode() not in answer.data, (method, endpoint)
    assert rows(house, two.anna.organisation_id) == before
    assert crossing(house) == []


@pytest.mark.parametrize("turn", range(3))
def test_all_her_keys_in_all_fields_there_are_bring_him_nothing_either(
    app: Flask, house: House, two: Two, turn: int
) -> None:
    names = sorted(set(re.findall(r'name="([a-z-]+)"', all_templates())))
    keys = sorted({key for key in two.hers.values() if KEY.fullmatch(key)})
    sent: MultiDict[str, str] = MultiDict()
    for at, name in enumerate(names):
        sent.setlist(name, keys[(at + turn * 7) % len(keys) :] + keys[: (at + turn * 7) % len(keys)])
    before = rows(house, two.anna.organisation_id)
    for method, endpoint, address in pages(app, two.his):
        if method != "GET":
            answer = two.browser.open(address, method=method, data=sent, follow_redirects=True)
            assert CANARY.encode() not in answer.data, (method, endpoint)
    assert rows(house, two.anna.organisation_id) == before
    assert crossing(house) == []


def test_what_would_cross_is_seen(house: House, two: Two) -> None:
    def cross(tx: object) -> None:
        text = "update idea set theme_id = :theme_id where workshop_id = :workshop_id"
        tx.change(text, theme_id=two.hers["theme_id"], workshop_id=two.his["workshop_id"])  # type: ignore[attr-defined]

    before = rows(house, two.bas.organisation_id)
    house.store.write(cross)
    assert crossing(house) == ["idea.theme_id"]
    assert rows(house, two.bas.organisation_id) != before


def all_templates() -> str:
    """Return the text of every template of the desk."""
    from importlib.resources import files

    folder = files("workshop") / "templates" / "desk"
    return "".join(one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".html"))
