"""The application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courseapp.settings")
site = get_wsgi_application()

from lecture.slides.following import door  # noqa: E402 - Django is there by now

application = door(site)
