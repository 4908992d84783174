"""A compose file around a few keys, for tests that look at those."""

from lecture.translator.compose import ComposeFile, Service, Text
from lecture.translator.reading import read


def file(body: str, rest: str = "", env: str = "", profiles: frozenset[str] = frozenset()) -> ComposeFile:
    """A file with the service web, whose keys are `body`, and `rest` after it."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return read(f"services:\n  web:\n    image: a\n{lines}{rest}", env, profiles)


def web(body: str, rest: str = "", env: str = "") -> Service:
    """The service of such a file, which has no problems."""
    found = file(body, rest, env)
    assert found.problems == ()
    return found.services["web"]


def told(body: str, rest: str = "", env: str = "") -> list[str]:
    """Place, message and mend of each problem of such a file."""
    return [f"{p.place.line}:{p.place.column} {p.message} {p.mend}" for p in file(body, rest, env).problems]


def words(texts: tuple[Text, ...]) -> list[str]:
    """Each as it shows."""
    return [text.value for text in texts]
