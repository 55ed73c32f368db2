"""Pairing: different sides sit together as far as numbers allow, and everybody gets a place."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop.domain import pairing
from workshop.domain.pairing import Kind
from workshop.errors import Refused

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PRESENT = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 20), max_size=5).filter(
    lambda present: sum(present.values()) >= 2
)


def test_four_experts_and_four_professionals_make_four_mixed_pairs() -> None:
    dealt = pairing.groups({"ervaringsdeskundige": 4, "professional": 4}, 2)
    assert pairing.kinds(dealt) == [Kind(4, ("ervaringsdeskundige", "professional"))]


def test_an_odd_number_makes_one_group_of_three() -> None:
    dealt = pairing.groups({"professional": 3, "client": 2}, 2)
    assert sorted(len(group) for group in dealt) == [2, 3]


def test_seven_people_in_threes_leave_nobody_alone() -> None:
    assert sorted(len(group) for group in pairing.groups({"a": 4, "b": 3}, 3)) == [2, 2, 3]


@BUSY
@given(PRESENT, st.sampled_from(pairing.SIZES))
def test_everybody_gets_one_place_and_nobody_sits_alone(present: dict[str, int], size: int) -> None:
    dealt = pairing.groups(present, size)
    assert Counter(side for group in dealt for side in group) == Counter(present) - Counter()
    sizes = {len(group) for group in dealt}
    assert sizes <= {2, 3}


@BUSY
@given(PRESENT, st.sampled_from(pairing.SIZES))
def test_a_side_sits_with_its_own_only_when_there_are_more_of_it_than_groups(
    present: dict[str, int], size: int
) -> None:
    dealt = pairing.groups(present, size)
    for side, count in present.items():
        most = max((group.count(side) for group in dealt), default=0)
        assert most == -(-count // len(dealt))


@pytest.mark.parametrize(
    ("present", "size", "code"),
    [
        ({"a": 1}, 2, "pairing_few"),
        ({}, 3, "pairing_few"),
        ({"a": 4}, 4, "pairing_size"),
        ({"a": 100}, 2, "pairing_many"),
    ],
)
def test_what_cannot_be_dealt_is_refused(present: dict[str, int], size: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        pairing.groups(present, size)
    assert refused.value.code == code
