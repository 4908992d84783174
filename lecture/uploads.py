"""How a file that a visitor sends is taken: into memory, and only so much of it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

LARGEST = 1_000_000  # bytes of a file that a page takes, unless it says otherwise


class Bounded(MemoryFileUploadHandler):
    """Keeps one byte more than is allowed, so that the view can refuse the file and say why.

    A page that takes more puts a handler of its own on the request, before anybody reads the form.
    """

    kept = 0

    def __init__(self, request: Any = None, most: int = LARGEST) -> None:
        super().__init__(request)
        self.most = most

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        """Never write to the disk, whatever length was announced."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Drop what is over the limit."""
        taken = raw_data[: self.most + 1 - self.kept]
        self.kept += len(taken)
        super().receive_data_chunk(taken, start)

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """The file, with the size that was kept."""
        return super().file_complete(self.kept)
