"""Object storage in particular: nobody else reads it, what it cannot do is said, and it never holds up words."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from minio.versioningconfig import ENABLED, VersioningConfig

from tests.engines import KEY, SECRET, S3Server
from tests.gate import Gate
from workshop import clock
from workshop.errors import FilesAway, Refused
from workshop.files.bucket import HELD_HOURS, Bucket
from workshop.files.trying import tried

PUBLIC = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
"Resource": "arn:aws:s3:::%s/*"}]}"""


@pytest.fixture
def address(s3_server: S3Server) -> str:
    return s3_server.bucket()


@pytest.fixture
def bucket(address: str, tmp_path: Path) -> Bucket:
    return Bucket(address, tmp_path / "here")


@pytest.fixture
def gate(s3_server: S3Server) -> Iterator[Gate]:
    made = Gate(s3_server.port)
    yield made
    made.shut()


@pytest.fixture
def behind(gate: Gate, address: str, tmp_path: Path) -> Bucket:
    """The same bucket, reached through the gate."""
    return Bucket(f"s3+http://{KEY}:{SECRET}@127.0.0.1:{gate.port}/{address.rpartition('/')[2]}", tmp_path / "there")


def test_strangers_are_refused_and_we_give_nothing_a_public_address(bucket: Bucket, s3_server: S3Server) -> None:
    name = bucket.keep(b"a face", "jpg")
    answer = urllib3.request("GET", bucket.bare_address(name), retries=False)
    assert answer.status == 403
    assert b"a face" not in answer.data
    assert tried(bucket) == "stores, reads and removes; strangers are refused; keeps no old versions"


def test_the_doctor_sees_a_bucket_that_strangers_can_read(bucket: Bucket) -> None:
    bucket.client.set_bucket_policy(bucket.name, PUBLIC % bucket.name)
    with pytest.raises(FilesAway, match="Strangers can read the bucket"):
        tried(bucket)
    assert list(bucket.everything()) == []


def test_the_doctor_sees_a_bucket_in_which_erasing_erases_nothing(bucket: Bucket) -> None:
    bucket.client.set_bucket_versioning(bucket.name, VersioningConfig(ENABLED))
    with pytest.raises(FilesAway, match="keeps old versions, so what is erased stays"):
        tried(bucket)


def test_a_bucket_or_key_that_is_wrong_is_named(bucket: Bucket, address: str, tmp_path: Path) -> None:
    nowhere = Bucket(f"{address}-not-there", tmp_path)
    with pytest.raises(FilesAway, match="There is no bucket test"):
        tried(nowhere)
    with pytest.raises(FilesAway, match="NoSuchBucket"):
        nowhere.keep(b"a picture", "jpg")
    with pytest.raises(FilesAway, match=r"The setting files says nothing at 127\.0\.0\.1:9: does that run"):
        tried(Bucket("s3+http://key:secret@127.0.0.1:9/nothing", tmp_path))


@pytest.mark.parametrize("odd", ["s3://host/bucket", "s3://key:secret@host", "https://key:secret@host/bucket", "s3:"])
def test_an_address_that_is_none_is_refused_with_an_example(odd: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Write s3://key:secret@host/bucket"):
        Bucket(odd, tmp_path)


def test_what_another_process_erased_does_not_come_back_here(bucket: Bucket, address: str, tmp_path: Path) -> None:
    other = Bucket(address, tmp_path / "elsewhere")
    name = bucket.keep(b"a face", "jpg")
    with bucket.at_hand(name) as path:
        other.remove(name)
        assert path.read_bytes() == b"a face", "who is reading reads on"
    assert not bucket.there(name)
    with pytest.raises(Refused), bucket.at_hand(name):
        pass
    assert list(bucket.folder.iterdir()) == []


def _killed(address: str, folder: Path, size: int) -> None:
    class Fatal:
        """A file whose reader is killed halfway."""

        def __init__(self, left: int) -> None:
            self.left, self.at = left, 0

        def read(self, most: int = -1) -> bytes:
            self.at += most
            if self.at > size / 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return bytes(most)

        def tell(self) -> int:
            return self.at

    bucket = Bucket(address, folder)
    name = f"{'a' * 64}.scan"
    (folder / "tmphalf").write_bytes(b"half a scan")
    with bucket._speaking():
        url = bucket.client.presigned_put_object(bucket.name, f"scan/{name}")
        bucket._http.urlopen("PUT", url, body=Fatal(size), headers={"Content-Length": str(size)})


def test_a_process_that_is_killed_while_it_stores_leaves_nothing_to_see(bucket: Bucket, address: str) -> None:
    child = multiprocessing.get_context("spawn").Process(target=_killed, args=(address, bucket.folder, 20 << 20))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert list(bucket.everything()) == []
    assert [path.name for path in bucket.folder.iterdir()] == ["tmphalf"]
    clock.shift(hours=HELD_HOURS + 1)
    bucket.sweep(48)
    assert list(bucket.folder.iterdir()) == []


def test_a_file_that_breaks_off_is_never_taken_for_whole(bucket: Bucket, behind: Bucket, gate: Gate) -> None:
    name = bucket.keep(bytes(4 << 20), "scan")
    behind.reach()
    stream, size = behind.open(name)
    assert size == 4 << 20
    gate.breaks_after = 1 << 20
    with stream, pytest.raises(FilesAway):
        stream.read()
    assert bucket.read(name) == bytes(4 << 20)


def test_while_it_is_away_everything_says_so_at_once_and_afterwards_all_is_well(
    behind: Bucket, gate: Gate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    name = behind.keep(b"a picture", "jpg")
    gate.shut()
    monkeypatch.setattr("workshop.files.bucket.AWAY_SECONDS", 3600)
    with pytest.raises(FilesAway, match="words still are"):
        behind.keep(b"another picture", "jpg")
    assert "Signature" not in caplog.text, "who reads the log cannot write to the bucket"
    monkeypatch.setattr(behind, "client", None)  # nobody waits for what just did not answer
    for look in (behind.there, behind.read, behind.remove):
        with pytest.raises(FilesAway):
            look(name)
    for kind in ("jpg", "scan"):
        with pytest.raises(FilesAway):
            behind.older(kind, 0)
    with pytest.raises(FilesAway):
        behind.reach()
    assert list(behind.folder.iterdir()) == []
    gate.open()
    monkeypatch.undo()
    monkeypatch.setattr(behind, "_away_until", 0.0)
    assert behind.read(name) == b"a picture"
    assert [one.name for one in behind.everything()] == [name], "what was refused is not there either"
