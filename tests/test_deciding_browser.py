"""Deciding and answering in a real browser: by keyboard, two people at once, without scripts, small and large."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import Browse, Live
from tests.desk_live import joined, sign_in
from workshop import ids
from workshop.domain import answers, curating, decisions, ideas, joining, meetings
from workshop.domain.decisions import Decision, Plan
from workshop.domain.ideas import Idea, Sent

WORDS = ("Een lamp bij de brug.", "Samen eten op donderdag.", "Een bankje bij de bushalte.")
TRY = Plan("try", "We weten nog niet of het werkt. Daarom proberen we het eerst.", "Marijke belt u.", "2027-02-22")


@pytest.fixture
def came_in(live: Live) -> list[Idea]:
    """Three ideas on the first card, oldest first."""
    place = live.running.house.store.write
    sent = [Sent(words, "everyone", ids.token(), ids.token(), "qr") for words in WORDS]
    return [place(ideas.place, live.door, one) for one in sent]


def at(live: Live, part: str) -> str:
    return live.at(f"bureau/{live.workshop.id}/{part}")


def prepare(live: Live, idea: Idea, plan: Plan = TRY) -> None:
    write, read = live.running.house.store.write, live.running.house.store.read
    write(decisions.prepare, read(ideas.by_key, idea.workshop_id, idea.id), plan, live.facilitator.id)


def publish(live: Live, *found: Idea) -> None:
    write = live.running.house.store.write
    write(answers.publish, live.workshop.id, [one.id for one in found], live.facilitator.id)


def plans(live: Live, found: list[Idea]) -> list[str]:
    read = live.running.house.store.read
    now = [read(ideas.by_key, one.workshop_id, one.id).planned for one in found]
    all_of: dict[str, Decision] = read(decisions.all_of, live.workshop.id)
    return [all_of[key].kind if key else "" for key in now]


def standing(live: Live, idea: Idea) -> str:
    read = live.running.house.store.read
    return read(answers.standing, read(ideas.by_key, idea.workshop_id, idea.id)).status


def test_by_keyboard_alone_everything_is_decided_published_and_taken_back(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(at(live, "antwoorden"))
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Wat gebeurt er met idee 1?")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_label("Waarom?")).to_be_focused()
    page.keyboard.type("Dit kan meteen.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Wat gebeurt er met idee 2?")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Wat gebeurt er met idee 3?")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_label("Waarom?")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Wat gebeurt er met idee 2?")).to_be_visible()
    assert plans(live, came_in) == ["make", "", "keep"]
    page.keyboard.press("u")
    expect(page.get_by_text("1 idee is weer zoals het was.")).to_be_visible()
    assert plans(live, came_in) == ["make", "", ""]
    page.goto(at(live, "antwoorden"))
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="Eén maker krijgt antwoord")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_text("1 antwoord is gepubliceerd.")).to_be_visible()
    assert standing(live, came_in[0]) == "make"
    page.keyboard.press("u")
    expect(page.get_by_text("1 idee is weer zoals het was.")).to_be_visible()
    assert standing(live, came_in[0]) == "received"


def test_on_the_page_of_an_idea_one_key_begins_a_decision_and_leads_back(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(at(live, f"ideeen/{came_in[1].id}"))
    page.keyboard.press("4")
    expect(page.get_by_role("radio", name="Niet nu")).to_be_checked()
    page.get_by_label("Waarom?").fill("De regels staan dit nu niet toe.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Voorbereid voor 1 idee. De maker leest nog niets.")).to_be_visible()
    expect(page.get_by_role("region", name="Besluit")).to_contain_text("De regels staan dit nu niet toe.")


def test_an_example_is_taken_over_and_changed_and_hard_words_are_said_while_typing(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(at(live, "besluiten"))
    page.get_by_role("radio", name="Niet nu").check()
    page.get_by_text("Goede voorbeelden om over te nemen").click()
    expect(page.get_by_text("Veel mensen herkenden dit.")).to_be_hidden()
    page.get_by_role("radio", name="Dit kost meer geld dan er is.").check()
    reason = page.get_by_label("Waarom?")
    expect(reason).to_have_value("Dit kost meer geld dan er is. Dat weten we van de gemeente.")
    reason.fill("Momenteel kan dit niet.")
    expect(page.get_by_text("Schrijf in plaats van “Momenteel” liever: nu.")).to_be_visible()
    page.get_by_role("radio", name="De regels staan dit nu niet toe.").check()
    expect(reason).to_have_value("Momenteel kan dit niet.")
    reason.fill("Dit kan nu niet.")
    expect(page.get_by_text("liever: nu.")).to_have_count(0)


def test_two_browsers_one_idea_and_nothing_is_overwritten(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    one, two = (sign_in(browse(width=1280, height=800), live) for _ in range(2))
    for page in (one, two):
        page.goto(at(live, f"besluiten?idee={came_in[0].id}"))
    for page, kind, why in ((one, "We maken het", "We beginnen morgen."), (two, "Niet nu", "Eerst iets anders.")):
        page.get_by_role("radio", name=kind).check()
        page.get_by_label("Waarom?").fill(why)
        page.get_by_role("button", name="Voorbereiden en verder").click()
    expect(two.get_by_role("alert")).to_contain_text("Iemand anders besloot net iets over idee 1.")
    expect(two.get_by_text("We beginnen morgen.")).to_be_visible()
    expect(two.get_by_label("Waarom?")).to_have_value("Eerst iets anders.")
    assert plans(live, came_in) == ["make", "", ""]
    two.get_by_role("button", name="Voorbereiden en verder").click()
    expect(two.get_by_text("Voorbereid voor 1 idee.")).to_be_visible()
    assert plans(live, came_in) == ["not_now", "", ""]


def test_the_page_of_answers_says_quietly_what_another_decides(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    page = sign_in(browse(width=1280, height=800), live)
    page.goto(at(live, "antwoorden"))
    write = live.running.house.store.write
    bram = joined(live, "Bram")
    write(decisions.prepare, came_in[0], TRY, bram)
    expect(page.get_by_text("1 idee is veranderd door Bram")).to_be_visible()
    page.get_by_role("link", name="Laat zien").click()
    expect(page.get_by_text("Marijke belt u.")).to_be_visible()


def test_without_scripts_many_are_decided_and_published_and_a_maker_taps_a_face(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    page = sign_in(browse(scripts=False), live)
    page.goto(at(live, "antwoorden"))
    page.get_by_label("Kies idee 1").check()
    page.get_by_label("Kies idee 3").check()
    page.get_by_role("button", name="Eén besluit voor wat aangevinkt is").click()
    page.get_by_role("radio", name="We bewaren het").check()
    page.get_by_text("Goede voorbeelden om over te nemen").click()
    page.get_by_role("radio", name="Het idee is goed, maar eerst").check()
    page.get_by_role("button", name="Voorbereiden").click()
    page.get_by_role("button", name="Kijk alle 2 na en publiceer").click()
    page.get_by_role("button", name="Publiceer 2 besluiten").click()
    assert [standing(live, one) for one in came_in] == ["keep", "received", "keep"]
    phone = browse(scripts=False)
    phone.goto(live.at(f"bewijs/{came_in[0].receipt}"))
    expect(phone.get_by_text("Het idee is goed, maar eerst doen we iets anders.")).to_be_visible()
    fair = phone.get_by_role("group", name="Vindt u dit eerlijk?")
    fair.get_by_role("button", name="nee").click()
    expect(phone.get_by_text("Dank u wel. Dat is bewaard.")).to_be_visible()
    expect(fair.get_by_role("button", name="nee")).to_have_attribute("aria-pressed", "true")
    fair.get_by_role("button", name="een beetje").click()
    expect(fair.get_by_role("button", name="een beetje")).to_have_attribute("aria-pressed", "true")
    expect(fair.get_by_role("button", name="nee")).to_have_attribute("aria-pressed", "false")


def test_a_text_is_copied_or_selected(browse: Browse, live: Live, came_in: list[Idea]) -> None:
    prepare(live, came_in[0])
    publish(live, came_in[0])
    page = sign_in(browse(width=1280, height=800), live)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(at(live, "antwoorden/teksten"))
    page.get_by_role("button", name="Kopieer deze tekst").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert "Besluit: We proberen het." in page.evaluate("navigator.clipboard.readText()")


def everywhere(live: Live, came_in: list[Idea]) -> dict[str, str]:
    """Return every page of deciding and answering, with something on each."""
    write = live.running.house.store.write
    one, two, three = came_in
    joined = write(joining.join, live.workshop.id, [one.id, two.id], "", live.facilitator.id)
    prepare(live, joined)
    publish(live, joined)
    prepare(live, joined, Plan("not_now", "Momenteel is er geen budget."))
    write(curating.set_aside, three, live.facilitator.id, "Iemand is hierin te herkennen.")
    write(ideas.place, live.door, Sent("Soep.", "group", ids.token(), ids.token(), "qr"))
    meeting = live.running.house.store.read(meetings.of_workshop, live.workshop.id)[0]
    here = f"bureau/{live.workshop.id}"
    return {
        "answers": f"{here}/antwoorden?gedaan=gepubliceerd&stap=x&aantal=2",
        "texts": f"{here}/antwoorden/teksten",
        "deciding": f"{here}/besluiten",
        "again": f"{here}/besluiten?idee={joined.id}&idee={three.id}",
        "idea": f"{here}/ideeen/{joined.id}",
        "meetings": f"{here}/bijeenkomsten",
        "meeting": f"{here}/bijeenkomsten/{meeting.id}",
        "receipt": f"bewijs/{one.receipt}",
        "how": "uitleg",
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_fits_and_axe_finds_nothing(browse: Browse, live: Live, came_in: list[Idea], width: int) -> None:
    page = sign_in(browse(width=width, height=800), live)
    for name, path in everywhere(live, came_in).items():
        page.goto(live.at(path))
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if width == 320:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}\n{found.generate_report()}"


def test_faces_are_large_enough_to_tap_and_letters_of_twice_the_size_fit(
    browse: Browse, live: Live, came_in: list[Idea]
) -> None:
    prepare(live, came_in[0])
    publish(live, came_in[0])
    page = browse()
    for letters in (1, 4):
        page.goto(live.at(f"bewijs/{came_in[0].receipt}?letters={letters}"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        boxes = [one.bounding_box() for one in page.locator(".faces button").all()]
        assert len(boxes) == 6
        assert all(box and box["width"] >= 60 and box["height"] >= 64 for box in boxes)
