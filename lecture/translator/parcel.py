"""Terraform files as a zip."""

import io
import zipfile

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows: the same text gives the same bytes


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
