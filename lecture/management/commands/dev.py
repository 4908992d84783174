"""Serves for authors: code and content reload, and a mistake is a message and not a stack trace."""

import sys
from typing import Any

from django.core.management.base import SystemCheckError
from whitenoise.runserver_nostatic.management.commands.runserver import Command as Runserver


class Command(Runserver):  # type: ignore[misc] # untyped
    """runserver that waits for the mend."""

    help = __doc__

    def check(self, *args: Any, **kwargs: Any) -> None:
        """End this thread quietly on a mistake: the reloader goes on watching and starts another."""
        try:
            super().check(*args, **kwargs)
        except SystemCheckError as error:
            self.stderr.write(f"{error}\nWaiting until it is mended.")
            sys.exit(1)
