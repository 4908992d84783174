"""Who is let in to what is not for students."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from courseapp import environment
from lecture.instructors import instructor_only

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.test_instructors")]


@instructor_only
def room(request, number):
    return HttpResponse(f"behind the door {number}")


urlpatterns = [path("room/<int:number>/", room)]
ROOM = "/room/3/?a=1&b=2"
DOOR = "/sign-in/?next=/room/3/%3Fa%3D1%26b%3D2"


@pytest.fixture
def remote(settings):
    settings.PURELY_LOCAL = False


def test_a_stranger_is_sent_to_the_door_which_leads_back(client, remote):
    response = client.get(ROOM)
    assert (response.status_code, response.url) == (302, DOOR)
    assert client.post(ROOM).url == "/sign-in/?next=/room/3/"


def test_the_door_stands_in_no_part_of_a_page(client, remote):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/slides/1/speaker/"}
    response = client.get(ROOM, headers=asked)
    assert (response.status_code, response.content) == (200, b"")
    assert response["HX-Redirect"] == "/sign-in/?next=/slides/1/speaker/"
    foreign = client.get(ROOM, headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/"})
    assert foreign["HX-Redirect"] == "/sign-in/?next=/"


def test_whoever_is_signed_in_comes_in_and_nobody_keeps_a_copy(client, remote):
    client.force_login(User.objects.create_user("ada"))
    response = client.get(ROOM)
    assert response.content == b"behind the door 3"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_whoever_was_removed_is_a_stranger_again(client, remote):
    user = User.objects.create_user("ada")
    client.force_login(user)
    user.delete()
    assert client.get(ROOM).status_code == 302


def test_on_a_purely_local_installation_nobody_signs_in(client, settings):
    settings.PURELY_LOCAL = True
    assert client.get(ROOM).status_code == 200
    assert client.get(ROOM).cookies == {}


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "", "203.0.113.9", "::ffff:192.168.1.7"])
def test_another_machine_is_a_stranger_there_too(settings, address):
    settings.PURELY_LOCAL = True
    assert Client(REMOTE_ADDR=address).get(ROOM).status_code == 302


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_has_several_names(settings, address):
    settings.PURELY_LOCAL = True
    assert Client(REMOTE_ADDR=address).get(ROOM).status_code == 200


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"]
)
def test_whoever_comes_through_a_proxy_is_not_this_machine(client, settings, name):
    settings.PURELY_LOCAL = True
    assert client.get(ROOM, headers={name: "127.0.0.1"}).status_code == 302


@pytest.mark.parametrize(
    ("variables", "local"),
    [
        ({}, True),
        ({"COURSE_BIND": "127.0.0.1:80"}, True),
        ({"COURSE_BIND": "localhost:80"}, True),
        ({"COURSE_BIND": "[::1]:80"}, True),
        ({"COURSE_BIND": "0.0.0.0:80"}, False),
        ({"COURSE_BIND": "[::]:80"}, False),
        ({"COURSE_BIND": "192.168.0.7:80"}, False),
        ({"COURSE_URL": "http://course.example.edu"}, False),
        ({"COURSE_URL": "https://course.example.edu"}, False),
        ({"COURSE_HOSTS": "hall.local"}, False),
    ],
)
def test_an_installation_is_local_while_nothing_opens_it(monkeypatch, variables, local):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert environment.read().local is local
