"""Ideas keep their words, their maker's choice and their receipt, whatever people do."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop import clock, ids
from workshop.domain import curating, doors, forgetting, ideas, misses, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.workshops import Workshop
from workshop.errors import Refused, Stale
from workshop.house import House

from .conftest import DETAILS


def share(house: House, door: Door, words: str = "Een bankje bij de bushalte", **more: object) -> Idea:
    values = {"visibility": "group", "send_key": words, "device": "phone", "channel": "qr"} | more
    return house.store.write(ideas.place, door, Sent(words, **values))


def seen(house: House, door: Door, in_group: bool) -> list[str]:
    return [idea.words for idea in house.store.read(ideas.visible, door, in_group)]


def test_sending_the_same_form_twice_makes_one_idea_with_one_receipt(house: House, door: Door) -> None:
    assert share(house, door, send_key="form") == share(house, door, send_key="form")
    assert seen(house, door, True) == ["Een bankje bij de bushalte"]


def test_going_back_and_sending_other_words_makes_a_second_idea(house: House, door: Door) -> None:
    share(house, door, "Een bankje", send_key="form")
    share(house, door, "Een prullenbak", send_key="form")
    assert len(seen(house, door, True)) == 2


def test_the_same_words_from_a_fresh_form_are_asked_about_once(house: House, door: Door) -> None:
    share(house, door, send_key="one")
    with pytest.raises(Refused, match="same_words"):
        share(house, door, send_key="two")
    house.store.write(ideas.place, door, Sent("Een bankje bij de bushalte", "group", "two", "phone", "qr"), sure=True)
    assert len(seen(house, door, True)) == 2


def test_two_people_who_say_the_same_both_count(house: House, door: Door) -> None:
    share(house, door, "Ja", send_key="one", device="phone of Truus")
    share(house, door, "Ja", send_key="two", device="phone of Henk")
    assert seen(house, door, True) == ["Ja", "Ja"]


@pytest.mark.parametrize("visibility", ["everyone", "everyone_named"])
def test_nothing_is_public_without_the_makers_choice_and_a_persons_check(
    house: House, door: Door, facilitator: Facilitator, visibility: str
) -> None:
    idea = share(house, door, visibility=visibility)
    kept = share(house, door, "Alleen voor ons")
    assert seen(house, door, False) == []
    house.store.write(curating.put_on_wall, idea, facilitator.id)
    house.store.write(curating.put_on_wall, kept, facilitator.id)
    assert seen(house, door, False) == [idea.words]
    assert len(seen(house, door, True)) == 2


def test_an_unknown_choice_is_the_group(house: House, door: Door) -> None:
    assert share(house, door, visibility="").visibility == "group"
    assert share(house, door, "nog een", visibility="the whole world").visibility == "group"


def test_a_facilitator_can_narrow_who_sees_it_but_never_widen(
    house: House, door: Door, facilitator: Facilitator
) -> None:
    idea = share(house, door, visibility="everyone")
    with pytest.raises(Refused, match="wider"):
        house.store.write(curating.narrow, idea, facilitator.id, "everyone_named")
    idea = house.store.write(curating.narrow, idea, facilitator.id, "group")
    house.store.write(curating.put_on_wall, idea, facilitator.id)
    assert seen(house, door, False) == []


def test_a_correction_keeps_the_makers_own_words_and_can_be_undone(
    house: House, door: Door, facilitator: Facilitator
) -> None:
    idea = share(house, door, "een bankje bij de bus halte")
    better = house.store.write(curating.correct, idea, facilitator.id, "Een bankje bij de bushalte")
    assert (better.own_words, better.corrected) == ("een bankje bij de bus halte", True)
    back = house.store.write(curating.undo, better, facilitator.id)
    assert back.words == "een bankje bij de bus halte"
    again = house.store.write(curating.undo, back, facilitator.id)
    assert again.words == "Een bankje bij de bushalte"
    verbs = [event.verb for event in house.store.read(curating.history, again)]
    assert verbs == ["placed", "corrected", "undone", "undone"]
    assert house.store.read(curating.history, again)[1].who == "Anna"


def test_two_facilitators_cannot_overwrite_each_other(house: House, door: Door, facilitator: Facilitator) -> None:
    idea = share(house, door)
    house.store.write(curating.correct, idea, facilitator.id, "Eerst dit")
    with pytest.raises(Stale) as stale:
        house.store.write(curating.correct, idea, facilitator.id, "Dan dat")
    assert stale.value.now.words == "Eerst dit"


def test_what_the_maker_did_is_not_undone_by_a_facilitator(house: House, door: Door, facilitator: Facilitator) -> None:
    with pytest.raises(Refused, match="nothing_to_undo"):
        house.store.write(curating.undo, share(house, door), facilitator.id)


def test_taking_away_again_by_undoing_an_undo_leaves_half_an_hour_to_think_anew(
    house: House, door: Door, facilitator: Facilitator
) -> None:
    idea = house.store.write(ideas.withdraw, share(house, door), facilitator.id)
    back = house.store.write(curating.undo, idea, facilitator.id)
    clock.shift(hours=2)
    away = house.store.write(curating.undo, back, facilitator.id)
    assert not seen(house, door, True)
    house.store.write(forgetting.erase_due)
    house.store.write(curating.undo, away, facilitator.id)
    assert seen(house, door, True) == ["Een bankje bij de bushalte"]


def test_setting_aside_needs_a_reason_and_takes_it_off_every_page(
    house: House, door: Door, facilitator: Facilitator
) -> None:
    idea = share(house, door)
    with pytest.raises(Refused, match="reason_missing"):
        house.store.write(curating.set_aside, idea, facilitator.id, "  ")
    aside = house.store.write(curating.set_aside, idea, facilitator.id, "Dit hoort bij een andere kaart.")
    assert seen(house, door, True) == []
    house.store.write(curating.restore, aside, facilitator.id)
    assert seen(house, door, True) == [idea.words]


def test_the_maker_changes_words_for_half_an_hour_and_the_choice_for_ever(house: House, door: Door) -> None:
    idea = share(house, door)
    idea = house.store.write(ideas.change_words, idea, "Twee bankjes", "group")
    assert (idea.words, idea.own_words) == ("Twee bankjes", "Twee bankjes")
    clock.shift(minutes=31)
    with pytest.raises(Refused, match="too_late"):
        house.store.write(ideas.change_words, idea, "Drie bankjes", "group")
    assert house.store.write(ideas.change_words, idea, "Twee bankjes", "everyone").visibility == "everyone"


def test_taking_away_works_at_once_can_be_undone_and_then_erases_for_good(
    house: House, door: Door, facilitator: Facilitator
) -> None:
    idea = share(house, door, "Iets over mijn gezondheid", maker="Truus")
    picture = ideas.Picture("p1", house.files.keep(b"a picture", "jpg"), 10, 10)
    house.store.write(ideas.add_picture, idea.id, picture, 0)
    idea = house.store.write(curating.correct, idea, facilitator.id, "Iets over gezondheid")
    gone = house.store.write(ideas.withdraw, idea)
    assert seen(house, door, True) == []
    assert house.store.read(curating.stream, door.workshop_id, curating.Filter()) == []
    back = house.store.write(ideas.bring_back, gone)
    assert seen(house, door, True) == ["Iets over gezondheid"]
    house.store.write(ideas.withdraw, back)
    assert house.store.write(forgetting.erase_due) == []
    clock.shift(minutes=31)
    assert house.store.write(forgetting.erase_due) == [picture.file]
    assert house.store.read(ideas.by_receipt, idea.receipt) is None
    house.store.write(lambda tx: None)
    checkpointed = house.store._writer.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert checkpointed["busy"] == 0
    left = b"".join(path.read_bytes() for path in house.settings.data.glob("werkplaats.db*"))
    for trace in (b"mijn gezondheid", b"over gezondheid", b"Truus"):
        assert trace not in left


def test_a_picture_used_by_another_idea_is_not_removed_with_the_first(house: House, door: Door) -> None:
    picture = house.files.keep(b"the same picture", "jpg")
    first, second = (share(house, door, words) for words in ("een", "twee"))
    house.store.write(ideas.add_picture, first.id, ideas.Picture("p1", picture, 1, 1), 0)
    house.store.write(ideas.add_picture, second.id, ideas.Picture("p2", picture, 1, 1), 0)
    house.store.write(ideas.withdraw, house.store.read(ideas.by_receipt, first.receipt))
    clock.shift(minutes=31)
    assert house.store.write(forgetting.erase_due) == []


def test_a_flood_from_one_phone_is_held_and_the_rest_of_the_hall_is_not(house: House, door: Door) -> None:
    for turn in range(30):
        share(house, door, f"reclame {turn}", device="flooder")
    for phone in range(40):
        assert not share(house, door, f"idee {phone}", device=f"phone {phone}").held
    shown = seen(house, door, True)
    assert sum(words.startswith("reclame") for words in shown) == 10
    assert sum(words.startswith("idee") for words in shown) == 40


def test_held_ideas_are_accepted_and_shown_after_somebody_read_them(
    house: House, door: Door, facilitator: Facilitator, workshop: Workshop
) -> None:
    strict = workshops.Details(**(DETAILS.__dict__ | {"seen": "first"}))
    house.store.write(workshops.change, workshop, strict)
    by_hand = share(house, door, channel="number")
    scanned = share(house, door, "Met de QR")
    assert by_hand.held
    assert not scanned.held
    assert seen(house, door, True) == ["Met de QR"]
    house.store.write(curating.read, by_hand, facilitator.id)
    assert len(seen(house, door, True)) == 2


def test_new_words_wait_again_where_a_person_reads_first(
    house: House, door: Door, facilitator: Facilitator, workshop: Workshop
) -> None:
    strict = workshops.Details(**(DETAILS.__dict__ | {"seen": "first"}))
    house.store.write(workshops.change, workshop, strict)
    by_hand = share(house, door, channel="number")
    checked = house.store.write(curating.read, by_hand, facilitator.id)
    assert house.store.write(ideas.change_words, checked, "Heel iets anders", "group").held
    scanned = share(house, door, "Met de QR")
    assert not house.store.write(ideas.change_words, scanned, "Ook anders", "group").held
    assert seen(house, door, True) == ["Ook anders"]


def test_what_was_set_aside_is_not_back_on_the_page_by_changing_a_letter(
    house: House, door: Door, facilitator: Facilitator
) -> None:
    aside = house.store.write(curating.set_aside, share(house, door), facilitator.id, "Iemand is te herkennen.")
    changed = house.store.write(ideas.change_words, aside, "Een bankje bij de bushalte!", "group")
    assert (changed.held, changed.status, seen(house, door, True)) == (True, "received", [])
    house.store.write(curating.read, changed, facilitator.id)
    assert seen(house, door, True) == ["Een bankje bij de bushalte!"]


def test_a_closed_workshop_takes_nothing_in_and_keeps_what_there_is(
    house: House, door: Door, workshop: Workshop
) -> None:
    share(house, door)
    house.store.write(workshops.close, workshop.id)
    with pytest.raises(Refused, match="closed"):
        share(house, door, "te laat")
    assert len(seen(house, door, True)) == 1
    house.store.write(workshops.reopen, workshop.id)
    assert share(house, door, "weer open").words == "weer open"


def test_printing_again_gives_the_same_number_key_and_word(house: House, workshop: Workshop, door: Door) -> None:
    again = house.store.write(doors.open_for, workshop.id, [door.card_id, "verhalen/04-zelf-bedacht"])
    assert again[door.card_id] == door
    assert len({one.number for one in again.values()}) == 3


def test_a_hundred_wrong_words_close_the_word_until_a_facilitator_looks(
    house: House, door: Door, workshop: Workshop
) -> None:
    for turn in range(100):
        assert not house.store.write(doors.say_word, door, f"mis{turn}", "guesser")
    with pytest.raises(Refused, match="words_used_up"):
        house.store.write(doors.say_word, door, door.word, "guesser")
    house.store.write(workshops.reset_word_misses, workshop.id)
    assert house.store.write(doors.say_word, door, door.word.upper() + " ", "owner")


def test_a_week_of_patience_gives_a_guesser_no_new_words_and_no_phone_is_remembered(
    house: House, door: Door, workshop: Workshop
) -> None:
    for turn in range(100):
        house.store.write(doors.say_word, door, f"mis{turn}", "guesser")
    clock.shift(days=8)
    house.store.write(misses.forget)
    with pytest.raises(Refused, match="words_used_up"):
        house.store.write(doors.say_word, door, door.word, "guesser")
    assert house.store.read(misses.count, "word", device="guesser") == 0
    house.store.write(workshops.reset_word_misses, workshop.id)
    house.store.write(misses.forget)
    assert house.store.read(misses.count, "word") == 0


def test_guess_odds_of_a_word_stay_under_five_percent_until_somebody_looks() -> None:
    assert len(set(doors.words())) == 2048
    assert misses.WORDS_PER_WORKSHOP / len(doors.words()) < 0.05


def test_hidden_and_turning_signs_do_not_survive(house: House, door: Door) -> None:
    nasty = "Hallo\u202e\u0000\u2066\ufffe\uffff wereld" + "e" + "\u0301" * 40
    kept = share(house, door, nasty).words
    assert kept.startswith("Hallo wereld")
    assert len(kept) < 20


_ACTIONS = st.lists(
    st.sampled_from(["read", "wall", "off", "aside", "restore", "correct", "narrow", "widen", "undo", "gone", "back"]),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=_ACTIONS)
def test_any_order_of_curating_keeps_the_own_words_and_history_tells_it_all(
    house: House, door: Door, facilitator: Facilitator, actions: list[str]
) -> None:
    sent = Sent("Eigen woorden", "everyone", ids.token(), "phone", "qr")
    idea = house.store.write(ideas.place, door, sent, sure=True)
    who = facilitator.id
    does = {
        "read": lambda now: (curating.read, now, who),
        "wall": lambda now: (curating.put_on_wall, now, who),
        "off": lambda now: (curating.take_off_wall, now, who),
        "aside": lambda now: (curating.set_aside, now, who, "Nu even niet."),
        "restore": lambda now: (curating.restore, now, who),
        "correct": lambda now: (curating.correct, now, who, "Betere woorden"),
        "narrow": lambda now: (curating.narrow, now, who, "group"),
        "widen": lambda now: (curating.narrow, now, who, "everyone"),
        "undo": lambda now: (curating.undo, now, who),
        "gone": lambda now: (ideas.withdraw, now),
        "back": lambda now: (ideas.bring_back, now),
    }
    for action in actions:
        with contextlib.suppress(Refused):  # undoing what the maker did is refused, and changes nothing
            idea = house.store.write(*does[action](idea))
    assert idea.own_words == "Eigen woorden"
    replayed: dict[str, object] = {}
    for event in house.store.read(curating.history, idea):
        replayed |= event.after
    assert all(getattr(idea, name) == value for name, value in json.loads(json.dumps(replayed)).items())
