"""What strangers may try on the participants' pages, and what every answer says about itself."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
from collections import deque
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Visit
from tests.hostile import PAYLOADS
from tests.phone import photo, receipt_of, share, text
from workshop.domain import curating
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House

TEMPLATES = Path(__file__).parent.parent / "workshop" / "templates"
STATIC = Path(__file__).parent.parent / "workshop" / "static"
TAG = r"<[a-z!][a-z0-9]*"
FIXED = ("/", "/uitleg", "/privacy", "/bewijs", "/nergens", "/strookje", "/strookje/27419631")
CHOOSING = ("/ronde/x", "/ronde/x/bedankt")
PAPER = ("/ideekaart/27419631", "/ideekaart/27419631/bedankt", "/ideekaart/27419631/foto/x")


def tables(house: House) -> str:
    """Return a hash of everything that is stored."""
    with house.store.reading() as tx:
        names = [row["name"] for row in tx._connection.execute("select name from sqlite_master where type = 'table'")]
        whole = [[sorted(map(str, row.items())) for row in tx._connection.execute(f"select * from {n}")] for n in names]  # noqa: S608
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def addresses(door: Door, receipt: str) -> list[str]:
    """Return every kind of page there is."""
    own = [f"/{door.number}", f"/{door.scanned}", f"/{door.number}/woord", f"/bedankt/{receipt}", f"/bewijs/{receipt}"]
    return [*FIXED, *CHOOSING, *PAPER, *own, f"/{door.number}/idee/1", f"/{door.number}/afspraken"]


@pytest.fixture
def receipt(in_group: FlaskClient, door: Door) -> str:
    return receipt_of(share(in_group, door, "Een idee.", foto=photo()))


def test_every_route_of_the_public_side_is_looked_at_here(app: Flask, door: Door, receipt: str) -> None:
    routes = app.url_map.bind("werkplaats.nl")
    looked_at = {routes.match(path)[0] for path in addresses(door, receipt)}
    pictures = ("/foto/x", f"/bewijs/{receipt}/foto/x", "/strookje/27419631/foto/x", "/ronde/x/foto/x")
    looked_at |= {routes.match(path)[0] for path in pictures}
    there = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("public.")}
    only_sent = {"public.find", "public.share", "public.word", "public.look_up", "public.change"}
    only_sent |= {"public.open_stub", "public.use_stub", "public.type_slip", "public.photograph"}
    only_sent |= {"public.send_addition", "public.recognise", "public.recognise_by_stub"}
    only_sent |= {"public.round_give"}
    elsewhere = {one for one in there if one.startswith(("public.wall", "public.agenda", "public.result"))}
    assert there - looked_at - elsewhere == only_sent


def test_every_page_is_kept_nowhere_and_runs_no_code_of_others(
    in_group: FlaskClient, visit: Visit, door: Door, receipt: str
) -> None:
    for phone in (in_group, visit()):
        for path in addresses(door, receipt):
            answer = phone.get(path)
            assert answer.headers["Cache-Control"] == "no-store", path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["Referrer-Policy"] == "same-origin", path
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, path
            assert "frame-ancestors 'none'" in policy, path


def test_static_files_with_their_mark_are_kept_for_ever(outside: FlaskClient, workshop: Workshop) -> None:
    page = outside.get("/").text
    marked = re.findall(r'(?:href|src)="(/static/[^"]+\?v=[^"]+)"', page)
    assert len(marked) >= 4
    for path in marked:
        assert "immutable" in outside.get(html.unescape(path)).headers["Cache-Control"]


def test_pages_hold_no_inline_code_no_password_field_and_nothing_of_other_sites(
    in_group: FlaskClient, door: Door, receipt: str
) -> None:
    for path in addresses(door, receipt):
        page = in_group.get(path).text
        assert not re.search(r"\s(style|on\w+)=", page), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert "<style" not in page
        assert 'type="password"' not in page
        assert 'type="email"' not in page
        assert not re.search(r'(href|src|action)="(https?:)?//', page), path


def test_templates_and_scripts_never_trust_text_as_code() -> None:
    ours = [*TEMPLATES.glob("public/*.html"), TEMPLATES / "sorry.html", *STATIC.glob("*.js")]
    assert len(ours) > 12
    for path in ours:
        source = path.read_text(encoding="utf-8")
        for danger in ("|safe", "| safe", "autoescape false", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval("):
            assert danger not in source, f"{danger} in {path.name}"


@pytest.mark.parametrize("part", range(9))
def test_whatever_is_typed_is_only_ever_shown_as_text(
    in_group: FlaskClient, door: Door, house: House, facilitator: Facilitator, workshop: Workshop, part: int
) -> None:
    ours = re.findall(TAG, in_group.get(f"/{door.number}").text)
    receipt = receipt_of(share(in_group, door, "Een idee.", foto=photo()))
    ours += re.findall(TAG, in_group.get(f"/bewijs/{receipt}").text)
    allowed = {*ours, "<div", "<ul", "<li", "<h1", "<form", "<input", "<button", "<a", "<b", "<svg", "<rect", "<path"}
    assert not allowed & {"<img onerror", "<iframe", "<object", "<style", "<base", "<marquee", "<body onload"}
    for payload in PAYLOADS[part::9]:
        for page in _pages_with(payload, in_group, door, house, facilitator, workshop):
            assert set(re.findall(TAG, page)) <= allowed, payload
            assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', page)), payload


def _pages_with(
    payload: str, phone: FlaskClient, door: Door, house: House, facilitator: Facilitator, workshop: Workshop
) -> list[str]:
    fields = {"naam": payload[:60], "zien": "everyone_named", "perspectief": payload, "zeker": "ja"}
    receipt = receipt_of(share(phone, door, f"idee {payload}", **fields))
    on_card = phone.get(f"/{door.number}").text
    idea = house.store.read(curating.stream, workshop.id, curating.Filter())[0]
    house.store.write(curating.set_aside, idea, facilitator.id, payload)
    return [
        on_card,
        phone.get(f"/bewijs/{receipt}").text,
        share(phone, door, "x" * 2001, naam=payload, zien=payload, perspectief=payload, sleutel=payload).text,
        phone.post("/", data={"nummer": payload}).text,
        phone.post("/bewijs", data={"bewijs": payload}).text,
        phone.post(f"/{door.number}/woord", data={"woord": payload}).text,
    ]


def test_looking_changes_nothing(in_group: FlaskClient, door: Door, receipt: str, house: House) -> None:
    before = tables(house)
    seen: set[str] = set()
    ahead = deque(path for path in addresses(door, receipt) if path != "/nergens")
    while ahead:
        path = ahead.popleft()
        if path in seen or len(seen) > 200:
            continue
        seen.add(path)
        page = in_group.get(path).data.decode("latin-1")
        ahead += [html.unescape(p) for p in re.findall(r'(?:href|src)="(/[^"#]*)"', page)]
        ahead += [path.split("?")[0] + html.unescape(p) for p in re.findall(r'href="(\?[^"]*)"', page)]
    assert len(seen) > 25
    assert tables(house) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://werkplaats.nl"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/x"},
        {"Origin": "null"},
        {"Origin": "https://["},
    ],
)
def test_what_another_site_sends_is_refused_and_changes_nothing(
    in_group: FlaskClient, door: Door, receipt: str, house: House, headers: dict[str, str]
) -> None:
    before = tables(house)
    for path in ("/", f"/{door.number}", f"/{door.number}/woord", "/bewijs", f"/bewijs/{receipt}"):
        data = {"idee": "Van elders.", "wat": "weg", "nummer": door.number, "bewijs": receipt, "woord": door.word}
        answer = in_group.post(path, data=data, headers=headers)
        assert answer.status_code == 403, path
        assert "Er is niets veranderd." in text(answer)
    assert tables(house) == before


def test_an_old_phone_that_tells_nothing_may_share(in_group: FlaskClient, door: Door) -> None:
    assert share(in_group, door, "Van een oude telefoon.").status_code == 303


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL"])
def test_a_made_up_host_never_comes_back_in_a_page(in_group: FlaskClient, door: Door, receipt: str, name: str) -> None:
    said = "host=evil.example" if name == "Forwarded" else "evil.example"
    for path in addresses(door, receipt):
        answer = in_group.get(path, headers={name: said})
        assert "evil.example" not in answer.text + str(answer.headers), path
        assert name != "Host" or answer.status_code == 400


def test_cookies_are_few_and_hidden_from_scripts(visit: Visit, door: Door) -> None:
    phone = visit()
    assert "Set-Cookie" not in phone.get("/").headers, "only looking leaves no mark"
    assert "Set-Cookie" not in phone.get(f"/{door.number}").headers
    set_now = [
        *phone.get(f"/{door.scanned}").headers.getlist("Set-Cookie"),
        *phone.get("/?taal=en").headers.getlist("Set-Cookie"),
        *phone.get("/?letters=3").headers.getlist("Set-Cookie"),
        *share(phone, door, "Een idee.").headers.getlist("Set-Cookie"),
    ]
    assert {cookie.split("=")[0] for cookie in set_now} == {"groep", "taal", "letters", "toestel"}
    for cookie in set_now:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize("letters", ["0", "5", "x", "1;2", ""])
def test_only_known_letter_sizes_are_remembered(outside: FlaskClient, workshop: Workshop, letters: str) -> None:
    answer = outside.get(f"/?letters={letters}")
    assert 'class="letters-1"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_larger_letters_stay_larger_on_the_next_page(outside: FlaskClient, door: Door) -> None:
    outside.get(f"/{door.number}?letters=3")
    assert 'class="letters-3"' in outside.get("/uitleg").text


def test_a_made_up_group_cookie_opens_nothing(visit: Visit, door: Door) -> None:
    phone = visit()
    share(phone, door, "Geheim van de groep.")
    for made_up in (door.number + "A" * 10, "x" * 3000, "." * 50, f"{door.number}'; drop table idea; --", "é" * 16):
        phone.set_cookie("groep", made_up, domain="werkplaats.nl")
        answer = phone.get(f"/{door.number}")
        assert answer.status_code == 200
        assert "Geheim van de groep." not in text(answer)


def test_every_page_tells_whom_to_call_in_the_same_place(in_group: FlaskClient, door: Door, receipt: str) -> None:
    for path in addresses(door, receipt):
        page = in_group.get(path, follow_redirects=True).text
        assert re.search(r'</main>.*<aside class="help".*href="tel:0612345678".*<footer', page, re.DOTALL), path
        assert "Wij vragen nooit om geld, een wachtwoord of DigiD." in page, path


def test_a_number_says_no_more_of_other_workshops_than_whom_to_call(outside: FlaskClient, workshop: Workshop) -> None:
    assert "Marijke" in text(outside.get("/")), "with one workshop it is clear whom to call"


def test_text_travels_packed_to_who_can_unpack_it(outside: FlaskClient, door: Door) -> None:
    for path in (f"/{door.number}", "/static/base.css"):
        plain = outside.get(path)
        packed = outside.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) / 2
        unpacked = gzip.decompress(packed.data)
        key = rb'name="sleutel" value="[^"]+"'
        assert re.sub(key, b"", unpacked) == re.sub(key, b"", plain.data)
    again = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert outside.get("/static/base.css", headers=again).status_code == 304


def test_the_public_side_never_reaches_into_the_desk() -> None:
    for path in (Path(__file__).parent.parent / "workshop" / "public").glob("*.py"):
        assert "workshop.desk" not in path.read_text(encoding="utf-8").replace("imports `workshop.desk`", "")
