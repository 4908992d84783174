"""An instructor's cookies behind TLS."""

import json
import os
import subprocess
import sys

from django.conf import settings

VISIT = """
import json, sys
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
User.objects.create_user("ada", password="a tap that drips all night")
visitor = Client(headers={"host": "course.example.edu", "x-forwarded-proto": "https"})
cookies = {}
for answer in (visitor.get("/sign-in/"), visitor.post("/sign-in/", {"username": "ada", "password": "a tap that drips all night"})):
    cookies |= {name: {k: v for k, v in c.items() if v} for name, c in answer.cookies.items()}
json.dump({"cookies": cookies, "inside": visitor.get("/quizzes/statistics/").status_code,
           "stranger": Client(headers={"host": "course.example.edu", "x-forwarded-proto": "https"})
               .get("/quizzes/statistics/").status_code}, sys.stdout)
"""  # noqa: E501 - a script


def test_the_cookies_of_an_instructor_are_bound_to_the_host_and_to_tls(tmp_path):
    own = {"COURSE_URL": "https://course.example.edu", "COURSE_VAR": str(tmp_path), "PATH": os.environ["PATH"]}
    env = own | {"DJANGO_SETTINGS_MODULE": "courseapp.settings"}
    command = [sys.executable, "-W", "error", "-c", VISIT]
    done = subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told["cookies"]) == {"__Host-csrf", "__Host-instructor", "__Host-door"}
    for cookie in told["cookies"].values():
        kept = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"])
        assert kept == (True, True, "Lax", "/")
        assert "domain" not in cookie
    assert (told["inside"], told["stranger"]) == (200, 302)
