"""The code that texts show really works."""

import base64
import importlib.util
import json
import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
SAMPLES = CONTENT / "samples"
MIRROR = ROOT.parent / "shared" / "tools" / "terraform-mirror"
CAPSTONE = yaml.safe_load((CONTENT / "compose" / "capstone.yaml").read_text())["services"]


# the capstone's compose file: what would keep it from starting


@pytest.mark.parametrize("service", ["api", "worker"])
def test_the_capstone_logs_into_the_database_that_it_makes(service):
    url, made = urlsplit(CAPSTONE[service]["environment"]["DATABASE_URL"]), CAPSTONE["db"]["environment"]
    named = (url.username, url.password, url.path.strip("/"))
    assert named == (made["POSTGRES_USER"], made["POSTGRES_PASSWORD"], made["POSTGRES_DB"])
    assert (url.hostname, url.port) == ("db", 5432)


@pytest.mark.parametrize("service", ["api", "worker", "beat"])
def test_every_service_of_the_capstone_reaches_the_broker(service):
    assert CAPSTONE[service]["environment"]["REDIS_URL"] == "redis://redis:6379/0"


def test_the_capstone_waits_for_what_is_ready_and_not_only_started():
    for service in CAPSTONE.values():
        for needed, wait in service.get("depends_on", {}).items():
            assert wait == {"condition": "service_healthy"}
            assert "healthcheck" in CAPSTONE[needed]


# the function of 5.3


@pytest.fixture
def function() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lambda_function", SAMPLES / "lambda_function.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_function_answers_a_real_event(function):
    event = json.loads((SAMPLES / "lambda_event.json").read_text())
    answer = function.handler(event, None)
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"received": "invoice.paid", "calls_here": 1})


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({}, 200),
        ({"body": None}, 200),
        ({"body": None, "isBase64Encoded": True}, 200),
        ({"body": base64.b64encode(b'{"type": "x"}').decode(), "isBase64Encoded": True}, 200),
        ({"body": "not base64!", "isBase64Encoded": True}, 400),
        ({"body": "hello"}, 400),
        ({"body": "[1]"}, 400),
        ({"body": "null"}, 400),
    ],
)
def test_the_function_survives_what_gateways_send(function, event, status):
    assert function.handler(event, None)["statusCode"] == status


def test_an_environment_is_used_again(function):
    for _ in range(2):
        answer = function.handler({}, None)
    assert json.loads(answer["body"])["calls_here"] == 2


# settings, scripts, documents


def test_the_settings_class_refuses_to_start_without_a_database(tmp_path):
    script = f"import runpy; runpy.run_path({str(SAMPLES / 'settings.py')!r})"
    for url, code in (("postgresql+asyncpg://a:b@db/saas", 0), (None, 1)):
        env = {
            "PATH": os.environ["PATH"],
            **({"DATABASE_URL": url, "REDIS_URL": "redis://redis:6379/0"} if url else {}),
        }
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, check=False)
        assert done.returncode == code, done.stderr.decode()
    assert b"database_url" in done.stderr


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.py")), ids=lambda file: file.name)
def test_python_compiles(file, tmp_path):
    py_compile.compile(str(file), cfile=str(tmp_path / "out.pyc"), doraise=True)


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.sh")), ids=lambda file: file.name)
def test_shell_scripts_parse(file):
    assert subprocess.run(["sh", "-n", str(file)], check=False).returncode == 0


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.json")), ids=lambda file: file.name)
def test_documents_are_json(file):
    assert json.loads(file.read_text())


# Terraform, with the real provider


def modules() -> list[Path]:
    return sorted({file.parent for file in SAMPLES.rglob("*.tf")})


@pytest.mark.full
@pytest.mark.parametrize("folder", modules(), ids=lambda folder: folder.name)
def test_terraform_validates(folder, tmp_path):
    terraform = shutil.which("terraform")
    mirror = subprocess.run(["sh", str(MIRROR)], capture_output=True, check=False) if MIRROR.exists() else None
    if not terraform or not mirror or mirror.returncode:
        pytest.skip("no Terraform with a mirror of the AWS provider at hand")
    (tmp_path / "cli.tfrc").write_bytes(mirror.stdout)
    for file in folder.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    env = {**os.environ, "TF_CLI_CONFIG_FILE": str(tmp_path / "cli.tfrc")}
    for arguments in (["init", "-backend=false", "-input=false"], ["validate"], ["fmt", "-check"]):
        done = subprocess.run(
            [terraform, *arguments], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
