"""Which static files are collected, and how they are stored for serving."""

from django.contrib.staticfiles.apps import StaticFilesConfig
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
