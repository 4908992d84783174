"""The one Django app."""

from django.apps import AppConfig


class LectureConfig(AppConfig):
    """Registers the system checks."""

    name = "lecture"

    def ready(self) -> None:
        """Import what registers itself."""
        from lecture import checks  # noqa: F401
