"""Terraform files leave: as a zip, or into a folder in which nothing of somebody else's is overwritten."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows: the same text gives the same bytes
MANIFEST = ".translated"  # what we wrote into a folder: a digest and a name a line, as sha256sum writes them


class Foreign(Exception):  # noqa: N818 - what it says of the files
    """Files of these names exist, and are not as the translator wrote them."""

    def __init__(self, *names: str) -> None:
        self.names = names
        super().__init__(", ".join(names))


def zipped(files: dict[str, str], folder: str) -> bytes:
    """These files, by name, in a folder of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, text in files.items():
            about = zipfile.ZipInfo(f"{folder}/{name}", LONG_AGO)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            parcel.writestr(about, text)
    return made.getvalue()


def put(files: dict[str, str], folder: Path) -> None:
    """Write these files into `folder`, over what an earlier run left there and nobody changed since.

    Raises Foreign, before anything is written, where a file would be lost; and OSError.
    """
    ours = _manifest(folder)
    foreign = [name for name, text in files.items() if not _free(folder / name, text, ours.get(name, ""))]
    if foreign:
        raise Foreign(*foreign)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    lines = (f"{_digest(text.encode())}  {name}\n" for name, text in files.items())
    (folder / MANIFEST).write_text("".join(lines))


def _manifest(folder: Path) -> dict[str, str]:
    """The digests of what an earlier run wrote, by name."""
    path = folder / MANIFEST
    lines = path.read_text().splitlines() if path.is_file() else []
    rows = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in rows}


def _free(path: Path, text: str, ours: str) -> bool:
    """Whether the file may be written: it is not there, it is ours unchanged, or it says the same already."""
    if not path.exists() and not path.is_symlink():
        return True
    return path.is_file() and _digest(path.read_bytes()) in {ours, _digest(text.encode())}


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
