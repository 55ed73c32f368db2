"""How large stored files are, noted for those stored without a word about it: cut-outs, pages, packed zips."""

from __future__ import annotations

from workshop.domain import quotas
from workshop.errors import Refused
from workshop.house import House


def measure(house: House) -> int:
    """Note sizes of files that rows speak of, some at a time; return how many. One that is gone weighs nothing.

    What organisations with a limit store is counted anew: what was erased makes room.
    """
    sizes = {name: _size(house, name) for name in house.store.read(quotas.unmeasured)}
    if sizes:
        house.store.write(quotas.note_sizes, sizes)
    if found := house.store.read(quotas.to_count):
        house.store.write(quotas.counted, found)
    return len(sizes)


def _size(house: House, name: str) -> int:
    try:
        stream, size = house.files.open(name)
    except Refused:
        return 0
    stream.close()
    return size
