"""Variables that services take from an env_file: the .env box stands for that file, since none is read from disk.

It stands for every env_file called .env, and for any other where the file names no second one.
"""

from dataclasses import replace

from lecture.translator.compose import Service, Setting, Text
from lecture.translator.limits import LIMITS
from lecture.translator.nodes import Parts, joined

OF_DOCKER = ("COMPOSE_", "DOCKER_")  # told to docker, not to containers


def given(services: dict[str, Service], values: dict[str, Parts]) -> tuple[dict[str, Service], tuple[Text, ...]]:
    """The services with these variables, and the env_file entries that they came from.

    More variables than LIMITS.given are not written out: those files count as not supplied.
    """
    told = {name: parts for name, parts in values.items() if not name.startswith(OF_DOCKER)}
    named = {path.value for service in services.values() for path in service.env_files}
    stands_for = {path for path in named if len(named) == 1 or path.rpartition("/")[2] == ".env"} if told else set()
    found, boxed, room = dict(services), list[Text](), LIMITS.given
    for name, service in services.items():
        own = [path for path in service.env_files if path.value in stands_for]
        room -= len(told) if own else 0
        if own and room >= 0:
            found[name] = _with(service, own[0], told, stands_for)
            boxed += own
    return found, tuple(boxed)


def _with(service: Service, path: Text, told: dict[str, Parts], stands_for: set[str]) -> Service:
    """The service with the variables that its own environment does not set."""
    own = {setting.name for setting in service.environment}
    more = [_setting(name, parts, path) for name, parts in told.items() if name not in own]
    left = tuple(one for one in service.env_files if one.value not in stands_for)
    return replace(service, environment=(*service.environment, *more), env_files=left)


def _setting(name: str, parts: Parts, path: Text) -> Setting:
    return Setting(name, Text(joined(parts), path.path, path.place, parts), path.path, path.place)
