"""Files in a folder and in object storage keep the same promises: each test runs on both."""

from __future__ import annotations

import hashlib
import io
import resource
import tracemalloc
from pathlib import Path

import pytest

from tests.engines import S3Server
from workshop import clock
from workshop.errors import Refused, StoreFull
from workshop.files import Files, open_files
from workshop.files.moving import move_files
from workshop.settings import Settings

LARGE = 60 * 1024 * 1024
MEGABYTE = bytes(range(256)) * 4096


class Endless(io.RawIOBase):
    """A stream of so many bytes that are nowhere in memory; it breaks where it is told to."""

    def __init__(self, size: int, breaks_at: int = -1) -> None:
        self._left, self._size, self._breaks_at = size, size, breaks_at

    def read(self, most: int = -1) -> bytes:
        if 0 <= self._breaks_at <= self._size - self._left:
            raise ConnectionResetError("the phone went away")
        piece = MEGABYTE[: min(self._left, most if most >= 0 else self._left)]
        self._left -= len(piece)
        return piece


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.delenv("WERKPLAATS_FILES", raising=False)
    where = request.getfixturevalue("s3_server").bucket() if request.param == "bucket" else ""
    return open_files(Settings.of(data=tmp_path / "data", files=where))


def names(files: Files) -> list[str]:
    return [one.name for one in files.everything()]


def test_what_was_kept_comes_back_under_the_name_of_its_content(files: Files) -> None:
    name = files.keep(b"a picture", "jpg")
    assert name == f"{hashlib.sha256(b'a picture').hexdigest()}.jpg"
    assert files.there(name)
    assert files.read(name) == b"a picture"
    with files.at_hand(name) as path:
        assert path.read_bytes() == b"a picture"
        assert path.suffix == ".jpg"
    (kept,) = files.everything()
    assert (kept.name, kept.size) == (name, 9)


def test_the_same_content_is_one_file_however_it_comes(files: Files) -> None:
    kept = {files.keep(b"paper", "scan") for _ in range(2)}
    kept.add(files.keep_stream(io.BytesIO(b"paper"), "scan", 10)[0])
    assert len(kept) == 1
    assert names(files) == list(kept)


def test_a_file_can_be_read_from_anywhere_in_it(files: Files) -> None:
    stream, size = files.open(files.keep(MEGABYTE * 3, "pdf"))
    with stream:
        assert size == 3 * len(MEGABYTE)
        stream.seek(-5, io.SEEK_END)
        assert stream.read() == MEGABYTE[-5:]
        stream.seek(len(MEGABYTE) + 7)
        assert stream.read(20) == MEGABYTE[7:27]
        stream.seek(0)
        assert hashlib.file_digest(stream, "sha256").hexdigest() == hashlib.sha256(MEGABYTE * 3).hexdigest()


def test_an_empty_file_is_a_file(files: Files) -> None:
    name, size = files.keep_stream(io.BytesIO(), "scan", 10)
    assert size == 0
    assert files.read(name) == b""


def test_what_was_never_kept_or_is_no_name_of_ours_is_not_there(files: Files) -> None:
    absent = f"{'0' * 64}.jpg"
    assert not files.there(absent)
    for look in (files.read, files.open, lambda name: files.at_hand(name).__enter__()):
        with pytest.raises(Refused) as refused:
            look(absent)
        assert refused.value.code == "no_file"
    for odd in ("../../etc/passwd", f"{absent}/..", absent.upper(), "x.jpg", f"{'0' * 64}.html"):
        for look in (files.there, files.open, files.remove, lambda name: files.at_hand(name).__enter__()):
            with pytest.raises(Refused):
                look(odd)


def test_what_was_removed_is_gone_and_removing_it_again_is_fine(files: Files) -> None:
    name = files.keep(b"a picture", "jpg")
    with files.at_hand(name):
        pass
    for _twice in range(2):
        files.remove(name)
        assert not files.there(name)
        assert names(files) == []
        with pytest.raises(Refused):
            files.read(name)
        with pytest.raises(Refused), files.at_hand(name):
            pass
    assert [path for path in files.folder.rglob("*") if path.is_file()] == [], "nor does it lie about on this machine"


@pytest.mark.parametrize("breaks_at", [0, 3 * len(MEGABYTE)])
def test_half_an_upload_leaves_nothing(files: Files, breaks_at: int) -> None:
    with pytest.raises((ConnectionResetError, StoreFull)):
        files.keep_stream(Endless(9 * len(MEGABYTE), breaks_at), "scan", LARGE)  # type: ignore[arg-type]
    assert names(files) == []
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []


def test_too_large_a_file_is_refused_and_leaves_nothing(files: Files) -> None:
    with pytest.raises(Refused) as refused:
        files.keep_stream(Endless(3 * len(MEGABYTE)), "scan", 2 * len(MEGABYTE))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.values) == ("file_large", {"most": "2"})
    assert names(files) == []


def test_a_large_scan_goes_in_and_out_in_small_pieces(files: Files) -> None:
    files.keep(b"the connection is there", "scan")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    name, size = files.keep_stream(Endless(LARGE), "scan", LARGE)  # type: ignore[arg-type]
    stream, _ = files.open(name)
    out = 0
    with stream:
        while piece := stream.read(1 << 16):
            out += len(piece)
    with files.at_hand(name) as path:
        assert path.stat().st_size == LARGE
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == out == LARGE
    assert peak < 8 * 1024 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024, "kB"


def test_what_nobody_stored_again_grows_old_and_what_is_wanted_again_is_young(files: Files) -> None:
    lost, wanted = files.keep(b"lost", "jpg"), files.keep(b"wanted", "jpg")
    scan = files.keep(b"another kind", "scan")
    assert files.older("jpg", 1) == []
    clock.shift(hours=2)
    assert sorted(files.older("jpg", 1)) == sorted([lost, wanted])
    assert files.older("scan", 1) == [scan]
    clock.shift()
    _wait_a_second_of(files)
    before = _age(files)
    files.keep(b"wanted", "jpg")
    files.keep_stream(io.BytesIO(b"another kind"), "scan", 100)
    after = _age(files)
    assert after[lost] == before[lost]
    assert after[wanted] > before[wanted]
    assert after[scan] > before[scan]


def test_everything_moves_to_the_other_store_and_back_and_goes_on_where_it_was(
    files: Files, tmp_path: Path, s3_server: S3Server
) -> None:
    kept = {files.keep(f"picture {at}".encode(), "jpg") for at in range(5)} | {files.keep(b"paper", "scan")}
    for where in (s3_server.bucket(), ""):
        target = open_files(Settings.of(data=tmp_path / f"other{len(where)}", files=where))
        told: list[int] = []
        already = target.keep(b"paper", "scan")
        half = next(iter(kept - {already}))
        target.keep(files.read(half), "jpg")
        assert move_files(files, target, told.append) == 6
        assert told == [1, 2, 3, 4, 5, 6]
        assert set(names(target)) == kept == set(names(files))
        assert all(target.read(name) == files.read(name) for name in kept)


def _wait_a_second_of(files: Files) -> None:
    """Let a moment go by as this store counts them: a bucket counts whole seconds."""
    first = files.keep(b"tick", "pdf")
    begun = _age(files)[first]
    while True:
        files.keep(b"tick", "pdf")
        if _age(files)[first] > begun:
            return


def _age(files: Files) -> dict[str, float]:
    return {one.name: one.at for one in files.everything()}
