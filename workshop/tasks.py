"""What the background work is: print what was ordered, read what came back, say how it went.

Everything is held by a lease that a heartbeat renews. Whoever loses it stops and settles nothing: another goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from workshop import ending_zip, printing, reading
from workshop.beating import beating
from workshop.domain import orders, stacks, work
from workshop.domain.endings import EXPORT
from workshop.domain.leases import Lost
from workshop.domain.orders import Order
from workshop.domain.stacks import Stack
from workshop.errors import FilesAway, Refused, WerkplaatsError
from workshop.house import House

log = logging.getLogger("werkplaats.tasks")
PAGES_A_TURN = 20
"""Pages of a stack that are read before other stacks have their turn; a print waits for a few pages only."""


def claim(house: House, first: work.Kind) -> Order | Stack | None:
    """Take what has its turn: of this kind if there is any, else of the other; None when nothing waits."""
    kinds: tuple[work.Kind, ...] = ("print", "read") if first == "print" else ("read", "print")
    for kind in kinds:
        if house.store.read(work.waiting, kind) and (piece := house.store.write(work.claim, kind)):
            return piece
    return None


def do(house: House, piece: Order | Stack, stopping: Callable[[], bool] = lambda: False) -> None:
    """Do what was claimed. A stack is given back, part read, when others wait or when `stopping` says so."""
    if isinstance(piece, Order):
        _print(house, piece)
    else:
        _read(house, piece, lambda pages: stopping() or _others_first(house, piece, pages))


def let_go(house: House, piece: Order | Stack) -> None:
    """Give back what was claimed, so that another can begin it at once; raises `Lost` when it was done meanwhile."""
    if isinstance(piece, Order):
        house.store.write(orders.rest, piece)
    else:
        house.store.write(stacks.rest, piece)


def print_order(house: House, order_id: str) -> None:
    """Print one order. Doing it twice prints it once: whoever claims the row first does the work."""
    if order := house.store.write(orders.claim, order_id):
        _print(house, order)


def read_stack(house: House, stack_id: str) -> None:
    """Read one stack to its end. Doing it twice reads every page once: whoever claims the row first does the work."""
    if stack := house.store.write(stacks.claim, stack_id):
        _read(house, stack, None)


def _others_first(house: House, stack: Stack, pages: int) -> bool:
    if house.store.read(work.waiting, "print"):
        return True
    return pages >= PAGES_A_TURN and house.store.read(work.waiting, "read", stack.id)


def _print(house: House, order: Order) -> None:
    def tell(done: int, total: int) -> None:
        house.store.write(orders.progress, order, done, total)

    try:
        with beating(lambda: house.store.write(orders.keep, order)):
            file, name = _made(house, order, tell)
        house.store.write(orders.finish, order, file, name)
    except Lost:
        log.warning("Print order %s: another worker took over.", order.id)
    except FilesAway as error:
        log.warning("Print order %s waits: %s", order.id, error)
        _settle(house, orders.put_off, order)
    except Refused as error:
        _settle(house, orders.fail, order, str(error))
    except WerkplaatsError as error:
        log.warning("Print order %s: %s", order.id, error)
        _settle(house, orders.give_back, order, str(error))
    except Exception as error:
        log.exception("Print order %s stumbled", order.id)
        _settle(house, orders.give_back, order, type(error).__name__)


def _settle(house: House, how: Callable[..., None], piece: Order | Stack, *reason: str) -> None:
    try:
        house.store.write(how, piece, *reason)
    except Lost:
        log.warning("%s: another worker took over.", piece.id)


def _made(house: House, order: Order, tell: printing.Tell) -> tuple[str, str]:
    """Make what was ordered and store it; return its file and what to call it."""
    if order.what["document"] == EXPORT:
        return ending_zip.kept(house, order.workshop_id, order.id, tell)
    made = printing.make(house, order.workshop_id, order.what, tell)
    return house.keep(made.data, made.kind), made.name


def _read(house: House, stack: Stack, rests: reading.Rests | None) -> None:
    try:
        with beating(lambda: house.store.write(stacks.keep, stack)):
            reading.read(house, stack, rests=rests)
    except Lost:
        log.warning("Stack %s: another worker took over.", stack.id)
    except FilesAway as error:
        log.warning("Stack %s waits: %s", stack.id, error)
        _settle(house, stacks.put_off, stack)
    except Refused as error:
        _settle(house, stacks.fail, stack, error.code)
    except Exception as error:
        log.exception("Stack %s stumbled", stack.id)
        _settle(house, stacks.give_back, stack, type(error).__name__)
