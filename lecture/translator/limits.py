"""How much a visitor may paste: counts, never seconds, so that a slow machine refuses nothing that a fast one takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Reading stops at each of these with a message that names it."""

    text: int = 256 * 1024  # bytes of the compose file
    env: int = 64 * 1024  # bytes of the .env box
    nodes: int = 60_000  # values of the file with every alias, merge and `extends` written out
    depth: int = 60  # levels of nesting, aliases written out
    characters: int = 6_000_000  # of all paths and values together, aliases and variables written out
    services: int = 2_000
    ports: int = 4_000  # of all services together, ranges spread out
    port_range: int = 100  # of one entry
    given: int = 5_000  # variables that services take from the .env box through env_file
    nesting: int = 20  # ${A:-${B:-…}}
    problems: int = 100  # more are counted, not listed
    guesses: int = 20  # problems for which a name that may be meant is looked for
    line: int = 160  # characters of a line that a message shows


LIMITS = Limits()
