"""Does a bucket do what we promise people? Tried with a file of our own, not guessed."""

from __future__ import annotations

import urllib3

from workshop import ids
from workshop.errors import FilesAway
from workshop.files.bucket import Bucket


def tried(bucket: Bucket) -> str:
    """Store a file, read it, look whether strangers can, and remove it; return what was seen.

    Raises `FilesAway` with the cure.
    """
    try:
        bucket.reach()
    except FilesAway as error:
        where = f"{bucket.name} at {bucket.host}"
        raise FilesAway(f"{error} The setting files says {where}: does that run, and is the key right?") from None
    if bucket.keeps_versions():
        raise FilesAway("The bucket keeps old versions, so what is erased stays. Turn versioning off, and remove them.")
    data = ids.token().encode()
    name = bucket.keep(data, "scan")
    try:
        if bucket.read(name) != data:
            raise FilesAway("The bucket gives back something else than was stored in it. Use another one.")
        if urllib3.request("GET", bucket.bare_address(name), retries=False, timeout=10).status == 200:
            raise FilesAway("Strangers can read the bucket. Take away its public policy at once.")
    finally:
        bucket.remove(name)
    if bucket.there(name):
        raise FilesAway("The bucket does not remove files. Give the key the right to delete objects.")
    return "stores, reads and removes; strangers are refused; keeps no old versions"
