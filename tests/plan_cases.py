"""A meeting with a plan that Anna works on, for the tests of planning."""

from __future__ import annotations

import pytest

from cards.recipe_book import recipes as book
from workshop import ids
from workshop.domain import meetings, plan_changes, plans
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import About, Meeting
from workshop.domain.plan_changes import Written
from workshop.domain.plans import Plan, PlanBlock
from workshop.domain.workshops import Workshop
from workshop.house import House

ORDINARY = "een-gewone-dag"
WALK = Written("work", 30, "A", "Een rondje door de buurt", "Loop samen een rondje.", "Kijk uit het raam.")


@pytest.fixture
def meeting(house: House, workshop: Workshop) -> Meeting:
    """A meeting from half past one."""
    about = About("2027-02-22", "Een gewone dag", begins="13:30", ends="15:30")
    return house.store.write(meetings.add, workshop.id, about)


class Plans:
    """What Anna does to the plan of one meeting; each gives the step it made."""

    def __init__(self, house: House, meeting: Meeting, who: str) -> None:
        self.house, self.meeting, self.who = house, meeting, who

    @property
    def now(self) -> Plan:
        return self.house.store.read(plans.of, self.meeting.id)

    @property
    def titles(self) -> list[str]:
        return [block.title for block in self.now.blocks]

    def do(self, verb: str, *args: object, key: str = "") -> str:
        work = getattr(plan_changes, verb)
        return self.house.store.write(work, self.meeting, *args, self.who, key or ids.new())

    def take(self, recipe_id: str = ORDINARY, key: str = "") -> str:
        recipe = book().find(recipe_id)
        return self.do("take_recipe", recipe, "nl", None, key=key)

    def undo(self, step: str) -> bool:
        return self.house.store.write(plans.undo, self.meeting, step)

    def block(self, title: str) -> PlanBlock:
        return next(one for one in self.now.blocks if one.title == title)


@pytest.fixture
def plan(house: House, meeting: Meeting, facilitator: Facilitator) -> Plans:
    return Plans(house, meeting, facilitator.id)
