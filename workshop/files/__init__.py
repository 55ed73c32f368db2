"""Pictures and prints, named by their content: in a folder of this machine, or in object storage.

The same content twice is one file. A file is complete or it is not there, and only then may a row speak of it. Names
that cannot be ours are refused. One setting chooses where they are kept; nobody else needs to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.errors import Refused
from workshop.files.contract import Files, Kept
from workshop.files.fresh import fresh

if TYPE_CHECKING:
    from workshop.settings import Settings

__all__ = ["Files", "Kept", "fresh", "open_files"]


def open_files(settings: Settings) -> Files:
    """Open the files at `s3://…`, or without an address those in the data folder.

    Raises `Refused('files')` for what is no address, or without the packages that it needs. A bucket is not
    asked anything yet.
    """
    if not settings.files:
        from workshop.files.folder import Folder

        return Folder(settings.data / "files")
    try:
        from workshop.files.bucket import Bucket
    except ImportError:
        raise Refused("files", "The setting files needs a package. Run: pip install 'werkplaats[grown]'.") from None
    return Bucket(settings.files, settings.data / "fetched")
