"""Gets an installation ready to serve: content checked, database migrated, static files collected."""

from hashlib import blake2b
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """What is ready already is left alone, so that a second start is quick."""

    help = __doc__
    requires_system_checks = "__all__"

    def handle(self, *args: object, **options: object) -> None:
        """The checks ran before this; a mistake in content/ stopped it with its file and line."""
        call_command("migrate", verbosity=0, interactive=False)
        stamp, now = Path(settings.STATIC_ROOT).with_name("collected"), _fingerprint()  # beside what is served
        if not stamp.exists() or stamp.read_text() != now:
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(now)


def _fingerprint() -> str:
    """What the static files are: names, sizes and times, and who stores them."""
    ignored = ["ext"]
    files = [storage.path(name) for finder in get_finders() for name, storage in finder.list(ignored)]
    rows = [f"{file}:{(stat := Path(file).stat()).st_size}:{stat.st_mtime_ns}" for file in sorted(files)]
    return blake2b("\n".join([django.__version__, *rows]).encode(), digest_size=12).hexdigest()
