"""The one Django app."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.utils.autoreload import BaseReloader, autoreload_started


class LectureConfig(AppConfig):
    """Registers the system checks; while an author works, content reloads like code."""

    name = "lecture"

    def ready(self) -> None:
        """Import what registers itself, and watch the folder with the course."""
        from lecture import checks  # noqa: F401

        autoreload_started.connect(_watch_content)


def _watch_content(sender: BaseReloader, **kwargs: Any) -> None:
    for pattern in ("**/*.md", "**/*.toml", "**/*.y*ml", "**/*.svg", "**/*.html"):
        sender.watch_dir(settings.COURSE_CONTENT, pattern)
