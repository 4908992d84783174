"""What is pasted by mistake, and what cannot be read at all: each is told what it looks like and what to do."""

import pytest

from lecture.translator.compose import Place, Problem, Unreadable
from lecture.translator.reading import read


def refused(text: str | bytes) -> Problem:
    """Why a text cannot be read."""
    with pytest.raises(Unreadable) as caught:
        read(text)
    return caught.value.problems[0]


MANIFEST = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MANIFEST, "This looks like a Kubernetes manifest."),
        (f"{MANIFEST}---\n{MANIFEST}", "This looks like a Kubernetes manifest."),
        ("# built by hand\nFROM python:3.11\nRUN pip install flask\nCMD [\"flask\", \"run\"]\n",
         "This looks like a Dockerfile."),
        ("ARG V=1\nFROM a:$V AS b\nENV A: b\n", "This looks like a Dockerfile."),
        ("docker run -d -p 80:80 nginx", "This looks like a docker run command."),
        ("$ sudo docker run --name web \\\n  -e A=b nginx\n", "This looks like a docker run command."),
        ("docker compose up -d", "This looks like a command for a terminal."),
        ("docker-compose up", "This looks like a command for a terminal."),
        ("# settings\nA=b\nexport C='d'\n\n", "This looks like a .env file."),
        ('{"name": "shop", "version": "1.0.0", "scripts": {"start": "node ."}, "dependencies": {}}',
         "This looks like a package.json."),
        ("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", "This looks like a CloudFormation template."),
        ("on: push\njobs:\n  a: {runs-on: b}\n", "This looks like a GitHub Actions workflow."),
        ("stages: [a]\nbuild: {script: b}\n", "This looks like a GitLab pipeline."),
        ('resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\n', "This looks like Terraform."),
        ("#!/bin/sh\necho a\n", "This looks like a script."),
        ("<html>\n<body>: a\n", "This looks like a web page or XML."),
        ("from flask import Flask\napp = Flask(__name__)\n", "This looks like a program."),
        ("web:\n  image: a\n  ports: ['80:80']\n", "This looks like the first format of compose files, from 2014"),
        ("image: a\nports: ['80:80']\n", "This looks like a single service, without the file around it."),
    ],
)  # fmt: skip
def test_what_it_looks_like(text, says):
    problem = refused(text)
    assert problem.message.startswith(says)
    assert problem.mend
    assert problem.place == Place(1, 1)
    assert problem.text == text.splitlines()[0][:160] or "=" in problem.text


def test_a_swarm_stack_is_a_compose_file():
    found = read("version: '3.8'\nservices: {web: {image: a, deploy: {mode: global, placement: {constraints: [a]}}}}")
    assert (found.services["web"].mode, found.problems) == ("global", ())


def test_a_compose_file_that_is_broken_is_still_one():
    assert refused("services:\n  web:\n    image: 'a\n").message == "A quote opens here and is never closed."


@pytest.mark.parametrize(
    ("text", "says", "place"),
    [
        ("", "There is nothing here yet.", Place(1, 1)),
        (b"", "There is nothing here yet.", Place(1, 1)),
        (" \n\t\n", "There is nothing here yet.", Place(1, 1)),
        ("\ufeff", "There is nothing here yet.", Place(1, 1)),
        ("# services\n", "This is no compose file: it is not a map of keys and values.", Place(1, 1)),
        ("---\n---\n", "This is no compose file: it is not a map of keys and values.", Place(1, 1)),
        ("hello", "This is no compose file: it is not a map of keys and values.", Place(1, 1)),
        ("- a\n- b\n", "This is no compose file: it is not a map of keys and values.", Place(1, 1)),
        ("services:\n", "There is nothing below services:.", Place(1, 1)),
        ("name: a\nservices: web\n", "There is nothing below services:.", Place(2, 1)),
        ("services: {}\n", "There are no services that can be read.", Place(1, 1)),
        ("services: {a: !reset null}\n", "There are no services that can be read.", Place(1, 1)),
        ("services: []\n", "There are no services that can be read.", Place(1, 1)),
        ("name: shop\n", "There are no services that can be read.", Place(1, 1)),
        ("volumes: {a: }\n", "There are no services that can be read.", Place(1, 1)),
        ("services:\n  web: nginx\n", "There are no services that can be read.", Place(1, 1)),
        ("include: [a.yaml]\n", "The file has no services of its own: it includes them from files", Place(1, 1)),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is not text: a picture, an archive or a program, perhaps.", Place(1, 1)),
        (b"\xff\xfes\x00\x00\xd8", "This is not text: a picture, an archive or a program, perhaps.", Place(1, 1)),
        ("a\0b", "This is not text: a picture, an archive or a program, perhaps.", Place(1, 1)),
        ("a: \ud800", "This is not text: a picture, an archive or a program, perhaps.", Place(1, 1)),
        ("services:\n  web: {image: a\x07}\n", "An invisible character stands here.", Place(2, 17)),
        ("a" * (256 * 1024 + 1), "The text has 256 kB, and 256 kB is the most.", Place(1, 1)),
        ("a" * 2_000_000, "The text has 1,953 kB, and 256 kB is the most.", Place(1, 1)),
    ],
)
def test_what_cannot_be_read_says_why(text, says, place):
    problem = refused(text)
    assert problem.message.startswith(says)
    assert problem.mend
    assert problem.place == place


def test_the_largest_text_allowed_is_read():
    text = "services: {web: {image: a}}\n"
    assert read(text + "#" * (256 * 1024 - len(text))).problems == ()


def test_too_many_services_are_refused():
    text = "services:\n" + "".join(f"  s{n}: {{image: a}}\n" for n in range(2001))
    assert refused(text).message == "The file has 2,001 services, and 2,000 is the most."


def test_a_thousand_services_are_read():
    text = "services:\n" + "".join(f"  s{n}: {{image: a, ports: ['{n + 1}:80']}}\n" for n in range(1000))
    found = read(text)
    assert (len(found.services), len(found.leaves), found.problems) == (1000, 2000, ())


def test_services_that_cannot_be_read_are_told_beside_the_rest():
    found = read("services:\n  a: nginx\n  b: {image: x}\n  c d: {image: x}\n")
    assert list(found.services) == ["b"]
    assert [problem.message for problem in found.problems] == [
        "services.a should be a map (key: value), and is text.",
        "services has a name that is not allowed: c d.",
    ]


def test_what_went_before_is_told_with_it():
    with pytest.raises(Unreadable) as caught:
        read("services:\n  web: nginx\n")
    assert [str(problem) for problem in caught.value.problems] == [
        "compose.yaml:1:1: There are no services that can be read.",
        "compose.yaml:2:3: services.web should be a map (key: value), and is text.",
    ]
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
