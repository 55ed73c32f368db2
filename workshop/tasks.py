"""What the background work is: print what was ordered, read what came back, say how it went."""

from __future__ import annotations

import logging

from workshop import ending_zip, printing, reading
from workshop.domain import orders, stacks
from workshop.domain.endings import EXPORT
from workshop.domain.orders import Order
from workshop.errors import Refused, WerkplaatsError
from workshop.house import House

log = logging.getLogger("werkplaats.tasks")


def print_order(house: House, order_id: str) -> None:
    """Print one order. Doing it twice prints it once: whoever claims the row first does the work."""
    order = house.store.write(orders.claim, order_id)
    if order is None:
        return

    def tell(done: int, total: int) -> None:
        house.store.write(orders.progress, order_id, done, total)

    try:
        file, name = _made(house, order, tell)
        house.store.write(orders.finish, order_id, file, name)
    except Refused as error:
        house.store.write(orders.fail, order_id, str(error))
    except WerkplaatsError as error:
        log.warning("Print order %s: %s", order_id, error)
        house.store.write(orders.give_back, order_id, str(error))
    except Exception as error:
        log.exception("Print order %s stumbled", order_id)
        house.store.write(orders.give_back, order_id, type(error).__name__)


def _made(house: House, order: Order, tell: printing.Tell) -> tuple[str, str]:
    """Make what was ordered and store it; return its file and what to call it."""
    if order.what["document"] == EXPORT:
        return ending_zip.kept(house, order.workshop_id, order.id, tell)
    made = printing.make(house, order.workshop_id, order.what, tell)
    return house.files.keep(made.data, made.kind), made.name


def read_stack(house: House, stack_id: str) -> None:
    """Read one stack. Doing it twice reads every page once: whoever claims the row first does the work."""
    stack = house.store.write(stacks.claim, stack_id)
    if stack is None:
        return
    try:
        reading.read(house, stack)
    except Exception as error:
        log.exception("Stack %s stumbled", stack_id)
        house.store.write(stacks.give_back, stack_id, type(error).__name__)
