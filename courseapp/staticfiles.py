"""Which static files are collected, and how they are stored for serving."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OnlyWhatIsServed(StaticFilesConfig):
    """Leaves out what the wheel of django-htmx carries beside htmx 2."""

    ignore_patterns = [  # noqa: RUF012 - as Django declares it
        *StaticFilesConfig.ignore_patterns,
        "htmax-*",
        "htmx-4*",
        "htmx-2.js",
        "django-htmx.js",
        "hx-*",
        "ext",
    ]


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # untyped
    """Names carry a hash, also where one JavaScript module imports another."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The list of names lies beside the folder and not in it, where it would be served."""
        beside = FileSystemStorage(Path(settings.STATIC_ROOT).parent)
        super().__init__(*args, manifest_storage=beside, **kwargs)
