"""Files in a bucket that speaks S3: for an installation of several machines.

Private: nothing here is given an ACL, a policy or an address of its own; the application alone reads and gives.
One file is one PUT, acknowledged whole or not at all, so there are no halves to see or to sweep. The name is the
content, so storing twice is storing once. Erasing is for good only when the bucket keeps no versions:
`werkplaats doctor` looks at that.

What must lie on this machine to be read is fetched each time and deleted after use: what was erased, here or elsewhere,
does not come back out of a second place.
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote, urlsplit

import certifi
import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from workshop import clock
from workshop.errors import FilesAway, Refused, StoreFull
from workshop.files.contract import KINDS, NAME, PIECE, Files, Kept, checked, gone, named
from workshop.files.remote import Remote
from workshop.files.spool import has_room, spooled

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

log = logging.getLogger("werkplaats.files")
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)  # its warnings hold addresses that are signed
HELD_HOURS: Final = 6
"""How long what was fetched may be in use: longer than it takes to read one file of paper, however large."""
AWAY_SECONDS: Final = 5
"""How long nobody waits for a bucket that just did not answer: words must not stand in line behind pictures."""
AWAY: Final = (
    "The place for pictures and prints does not answer. None is stored or shown now; words still are. Try again later."
)
_FULL: Final = {"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "EntityTooLarge"}


class Bucket(Files):
    """A bucket at `s3://key:secret@host/bucket`, or `s3+http://` without TLS; `folder` is for what is at hand."""

    def __init__(self, address: str, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        where = urlsplit(address)
        self.name = where.path.strip("/")
        if where.scheme not in ("s3", "s3+http") or not (where.hostname and where.username and self.name):
            raise Refused("files", "files is no address of object storage. Write s3://key:secret@host/bucket.")
        self._http = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=3, read=30),
            retries=urllib3.Retry(2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504), redirect=0),
            maxsize=32,
            ca_certs=certifi.where(),
            blocksize=1 << 18,
        )
        self.host = where.netloc.rpartition("@")[2]
        self.client = Minio(
            self.host,
            unquote(where.username),
            unquote(where.password or ""),
            secure=where.scheme == "s3",
            http_client=self._http,
        )
        self._away_until = 0.0

    def keep(self, data: bytes, kind: str, *, reserve: bool = True) -> str:
        """Store bytes; return the name. See `Files`."""
        name = named(data, kind)
        self._put(name, io.BytesIO(data), len(data))
        return name

    def keep_stream(self, stream: BinaryIO, kind: str, most: int, *, reserve: bool = True) -> tuple[str, int]:
        """Store a stream, by way of a file on this machine; return its name and size. See `Files`."""
        self._forget_halves()
        with spooled(stream, kind, most, self.folder, reserve=reserve) as one, one.path.open("rb") as whole:
            self._put(one.name, whole, one.size)
        return one.name, one.size

    def there(self, name: str) -> bool:
        """Say whether a file is there."""
        checked(name)
        try:
            self._size(name)
        except Refused:
            return False
        return True

    def open(self, name: str) -> tuple[BinaryIO, int]:
        """Return a stream and the size in bytes."""
        size = self._size(checked(name))
        remote = Remote(size, lambda at: self._ask(name, at), self._listen)
        return io.BufferedReader(remote, PIECE), size

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """Fetch a file, and delete it after use."""
        self._forget_halves()
        with tempfile.TemporaryDirectory(dir=self.folder) as room:
            path = Path(room) / checked(name)
            self._fetch(name, path)
            yield path

    def everything(self) -> Iterator[Kept]:
        """Give every file, by kind and name."""
        for kind in KINDS:
            yield from self._listed(kind)

    def older(self, kind: str, hours: float) -> list[str]:
        """Return the names of files of this kind that nobody stored again in the last so many hours."""
        before = clock.read(clock.ago(hours=hours)).timestamp()
        return [one.name for one in self._listed(kind) if one.at < before]

    def young(self, name: str, hours: float) -> bool:
        """Say whether somebody stored a file again in the last so many hours."""
        try:
            with self._speaking():
                stored = self.client.stat_object(self.name, _key(checked(name))).last_modified
        except Refused:
            return False
        return stored is None or stored >= clock.read(clock.ago(hours=hours))

    def sweep(self, hours: float) -> None:
        """Delete what a killed process left on this machine. There are no halves in a bucket."""
        self._forget_halves(hours)

    def reach(self) -> None:
        """Raise `FilesAway` when the bucket does not answer, or is not there."""
        with self._speaking():
            there = self.client.bucket_exists(self.name)
        if not there:
            raise FilesAway(
                f"There is no bucket {self.name} where pictures and prints are kept. Make it, and keep it private."
            )

    def remove(self, name: str) -> None:
        """Delete a file for good; one that is gone already is fine."""
        with self._speaking():
            self.client.remove_object(self.name, _key(checked(name)))

    def keeps_versions(self) -> bool:
        """Say whether what is removed or stored again stays as an old version."""
        with self._speaking():
            return self.client.get_bucket_versioning(self.name).status == "Enabled"

    def bare_address(self, name: str) -> str:
        """Return where a file is for who has no key: nobody may get it there."""
        with self._speaking():
            return self.client.presigned_get_object(self.name, _key(checked(name))).partition("?")[0]

    def _put(self, name: str, stream: BinaryIO, size: int) -> None:
        """Send a file as one request. It is there, whole and as it was sent, once this returns."""
        digest = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).digest()  # type: ignore[arg-type]
        stream.seek(0)
        headers = {"Content-Length": str(size), "Content-MD5": base64.b64encode(digest).decode()}
        with self._speaking():
            url = self.client.get_presigned_url("PUT", self.name, _key(name), timedelta(minutes=15))
            answer = self._http.urlopen("PUT", url, body=stream, headers=headers)
            if answer.status != 200:
                raise S3Error.fromxml(answer) if answer.data else MinioException(f"status {answer.status}")

    def _size(self, name: str) -> int:
        with self._speaking():
            return self.client.stat_object(self.name, _key(name)).size or 0

    def _ask(self, name: str, at: int) -> BaseHTTPResponse:
        with self._speaking():
            return self.client.get_object(self.name, _key(name), offset=at)

    def _listen(self, answer: BaseHTTPResponse, most: int) -> bytes:
        with self._speaking():
            return answer.read(most)

    def _fetch(self, name: str, to: Path) -> None:
        stream, size = self.open(name)
        with stream, to.open("wb") as out:
            if not has_room(self.folder, size, reserve=True):
                raise StoreFull("The disk is almost full. There is no room to look at this file. Make room, try again.")
            shutil.copyfileobj(stream, out, PIECE)

    def _forget_halves(self, hours: float = HELD_HOURS) -> None:
        before = clock.read(clock.ago(hours=min(hours, HELD_HOURS))).timestamp()
        for path in self.folder.glob("tmp*"):
            with suppress(FileNotFoundError):  # its own process was quicker
                if path.stat().st_mtime < before:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _listed(self, kind: str) -> Iterator[Kept]:
        with self._speaking():
            for one in self.client.list_objects(self.name, prefix=f"{kind}/"):
                name = (one.object_name or "").rpartition("/")[2]
                if NAME.fullmatch(name) and one.last_modified:
                    yield Kept(name, one.size or 0, one.last_modified.timestamp())

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Say in our own words what goes wrong between us and the bucket."""
        if time.monotonic() < self._away_until:
            raise FilesAway(AWAY)
        try:
            yield
        except S3Error as error:
            if error.code == "NoSuchKey":
                raise gone() from None
            if error.code in _FULL:
                raise StoreFull("The place for pictures is full. It was not stored, words still are.") from error
            log.warning("The bucket refuses: %s", error.code)
            raise FilesAway(f"{AWAY} (It says {error.code}.)") from error
        except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("The bucket does not answer: %s", type(error).__name__)
            raise FilesAway(AWAY) from None  # its words hold an address that is signed


def _key(name: str) -> str:
    """Return the key of an object: its kind first, so that one kind can be listed."""
    return f"{name.rpartition('.')[2]}/{name}"
