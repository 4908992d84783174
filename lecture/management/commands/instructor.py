"""Makes an account for an instructor, or removes one. Students need none."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

NAME, PASSWORD = "INSTRUCTOR_NAME", "INSTRUCTOR_PASSWORD"
UNASKED = f"Nobody is there to be asked. Give --name (or {NAME}), and the password in {PASSWORD}."


class Command(BaseCommand):
    """Asks for name and password; a script gives them in the environment, where other users cannot read them."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--name, and --remove; a password never stands on a command line."""
        parser.add_argument("--name", help=f"who it is (else {NAME}, else asked); the password is in {PASSWORD}")
        parser.add_argument("--remove", action="store_true", help="remove the account of that name instead")

    def handle(self, *args: object, name: str | None, remove: bool, **options: object) -> None:
        """One account more, or one less."""
        name = User.normalize_username(name or os.environ.get(NAME) or _asked("Name: ")).strip()
        if remove:
            _remove(name)
            self.stdout.write(f"{name} can no longer sign in.")
        else:
            _make(User(username=name))
            self.stdout.write(f"{name} can sign in now, at /sign-in/.")


def _make(user: User) -> None:
    _check_name(user)
    user.set_password(_password(user))
    user.save()


def _remove(name: str) -> None:
    if not User.objects.filter(username=name).delete()[0]:
        raise CommandError(f"There is no instructor {name}. {_known()}")


def _check_name(user: User) -> None:
    """Raises CommandError where nobody can have that name, or somebody has."""
    if there := User.objects.filter(username__iexact=user.username).first():
        mend = f"manage.py changepassword {there.username} gives another password."
        raise CommandError(f"There is an instructor {there.username} already. {mend}")
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CommandError("The name: " + " ".join(error.messages)) from None


def _password(user: User) -> str:
    """From the environment, else asked twice; raises CommandError where it is weak."""
    given = os.environ.get(PASSWORD)
    password = given or _asked("Password: ", hidden=True)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages) + " Nothing was made.") from None
    if not given and _asked("The same again: ", hidden=True) != password:
        raise CommandError("The two passwords differ. Nothing was made.")
    return password


def _asked(question: str, hidden: bool = False) -> str:
    if not sys.stdin.isatty():
        raise CommandError(UNASKED)
    try:
        return getpass(question) if hidden else input(question)
    except (EOFError, KeyboardInterrupt):
        raise CommandError("Nothing was made.") from None


def _known() -> str:
    names = User.objects.order_by("username").values_list("username", flat=True)
    return f"There are: {', '.join(names)}." if names else "There is none at all."
