"""Translates a compose file to AWS: what it becomes, what that costs, and the Terraform that builds it."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError

from lecture.authoring import suggestion
from lecture.costs.prices import Region
from lecture.translator.choices import Arch, Choices, Nat, Size, region
from lecture.translator.compose import Problem, Unreadable
from lecture.translator.console import as_text
from lecture.translator.markdown import as_markdown
from lecture.translator.offers import profiles
from lecture.translator.parcel import Foreign, put
from lecture.translator.problems import caret
from lecture.translator.report import as_json
from lecture.translator.translate import Translation, translate

FORMATS: dict[str, Callable[[Translation], str]] = {"text": as_text, "json": as_json, "markdown": as_markdown}
REFUSED = 2  # the exit code for what cannot be read as compose, and for options that make no sense
MOST = 16_000_000  # bytes that are read at all
USUAL = {"compose", "docker-compose", "container-compose"}  # names that say nothing of the project: its folder does


class Command(BaseCommand):
    """What the page does, from a shell."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, how to print it, and the choices of the page."""
        parser.add_argument("file", metavar="FILE", help="a compose file; - is standard input")
        parser.add_argument("--env-file", metavar="F", help="values of its variables (this shell's own are never used)")
        parser.add_argument("--format", choices=FORMATS, default="text", help="what to print (text)")
        parser.add_argument("--terraform", metavar="DIR", help="write the Terraform into this folder, too")
        parser.add_argument("--size", choices=get_args(Size), default="learning", help="how much may fail (learning)")
        parser.add_argument("--nat", choices=get_args(Nat), help="NAT gateways (as the size says)")
        parser.add_argument("--region", metavar="R", default="us-east-1", help="where (us-east-1)")
        parser.add_argument("--arch", choices=get_args(Arch), default="x86", help="processors (x86)")
        for name, what in (("self-host", "services to keep as containers"), ("profile", "profiles to wake; * for all")):
            parser.add_argument(f"--{name}", nargs="+", action="extend", default=[], metavar="NAME", help=what)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was asked for; exit with 2 where the file cannot be read as compose."""
        text, env = _read(options["file"]), _read(options["env_file"]) if options["env_file"] else b""
        try:
            found = translate(text, env.decode("utf-8", "replace"), _choices(options), _name(options["file"]))
        except Unreadable as unreadable:
            self._tell(unreadable.problems, options)
            sys.exit(REFUSED)
        self._tell(found.file.problems, options)
        _check_names(found, options["self_host"])
        self._warn_of_profiles(found, options["profile"])
        if options["terraform"]:
            _put(found.written.files, Path(options["terraform"]))
        self.stdout.write(FORMATS[options["format"]](found), ending="")

    def _tell(self, problems: Iterable[Problem], options: dict[str, Any]) -> None:
        """Each as file:line:column: message, with the line, a caret and the mend below it."""
        name = "<stdin>" if options["file"] == "-" else options["file"]
        for problem in problems:
            file = options["env_file"] if problem.file == ".env" else name
            self.stderr.write(f"{file}:{problem.place.line}:{problem.place.column}: {problem.message}")
            below = (problem.text, problem.text and caret(problem.text, problem.place.column), problem.mend)
            for line in filter(None, below):
                self.stderr.write(f"    {line}")

    def _warn_of_profiles(self, found: Translation, asked: list[str]) -> None:
        """Docker says nothing of a profile that wakes nobody; we do."""
        known = profiles(found.file)
        for name in asked:
            if name != "*" and name not in known:
                said = suggestion(name, known) if known else "The file has none."
                self.stderr.write(f"--profile {name}: no service has that profile. {said}")


def _read(path: str) -> bytes:
    """The bytes of a file, or of standard input; raises CommandError."""
    if path == "-":
        return sys.stdin.buffer.read(MOST)
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.", returncode=REFUSED) from None


def _choices(options: dict[str, Any]) -> Choices:
    return Choices(
        size=options["size"],
        region=_region(options["region"]),
        arch=options["arch"],
        nat=options["nat"],
        self_host=frozenset(options["self_host"]),
        profiles=frozenset(options["profile"]),
    )


def _region(asked: str) -> Region:
    try:
        return region(asked)
    except LookupError as error:
        raise CommandError(f"--region: {error.args[0]}", returncode=REFUSED) from None


def _check_names(found: Translation, names: list[str]) -> None:
    """Whether the services that are to be kept exist; raises CommandError."""
    known = [*found.file.services, *found.file.asleep]
    for name in names:
        if name not in known:
            raise CommandError(
                f"--self-host: there is no service {name}. {suggestion(name, known)}", returncode=REFUSED
            )


def _name(path: str) -> str:
    """What the project is called where the file does not say: as the file, or as its folder."""
    if path == "-":
        return ""
    file = Path(path).resolve()
    stem = file.name.split(".")[0]
    return file.parent.name if stem in USUAL else stem


def _put(files: dict[str, str], folder: Path) -> None:
    try:
        put(files, folder)
    except Foreign as foreign:
        raise CommandError(
            f"--terraform: {folder} has files that the translator did not write, or that were changed since: "
            f"{', '.join(foreign.names)}. Nothing was written. Choose another folder, or move them away."
        ) from None
    except OSError as error:
        raise CommandError(f"--terraform: {folder} cannot be written to. {error.strerror}.") from None
