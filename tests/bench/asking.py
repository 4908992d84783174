"""Requests as a browser makes them, with what really travels."""

from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Answer:
    """What came back; the body as it travelled, still compressed."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(url: str, **headers: str) -> Answer:
    """Ask for `url`, underscores in the names of headers as hyphens; takes gzip unless told otherwise."""
    named = {"Accept-Encoding": "gzip"} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, headers=named)) as response:
            return Answer(response.status, dict(response.headers), response.read())
    except HTTPError as error:  # which 304 is, to urllib
        with error:
            return Answer(error.code, dict(error.headers), error.read())
