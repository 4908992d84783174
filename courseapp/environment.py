"""The variables that configure an installation: read once, checked, named when wrong."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import dj_database_url
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BASE = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """What COURSE_* and DATABASE_URL may say; every default is right for one laptop."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    course_url: str = Field("", description="public address, https://… turns on HSTS and secure cookies")
    course_bind: str = Field("127.0.0.1:8000", description="address and port to listen on")
    course_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), description="further host names, by comma")
    course_content: Path = Field(BASE / "content", description="the folder with the course")
    course_var: Path = Field(BASE / "var", description="database, secret key, collected static files")
    course_secret_key: SecretStr | None = Field(None, description="else made on first start")
    course_workers: int = Field(2, ge=1, le=64, description="server processes")
    course_threads: int = Field(4, ge=1, le=64, description="threads in each process")
    course_dev: bool = Field(False, description="debug pages and reload; never on a network")
    database_url: str = Field("", description="postgres://…; else SQLite in COURSE_VAR")

    @field_validator("course_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(h.strip() for h in value.split(",") if h.strip()) if isinstance(value, str) else value

    @field_validator("course_hosts")
    @classmethod
    def _names_alone(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if not re.fullmatch(r"\.?[\w.-]+|\[[0-9a-fA-F:]+\]", host):
                raise ValueError(
                    f"{host}: write names or addresses alone, such as 192.168.1.20, without http:// or port"
                )
        return value

    @field_validator("course_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        value = parts._replace(scheme=parts.scheme.lower()).geturl()
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
            raise ValueError("write a scheme and a host, such as https://cloud.example.edu")
        return value.rstrip("/")

    @field_validator("course_bind")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError("write an address and a port, such as 127.0.0.1:8000")
        return value

    @field_validator("course_content")
    @classmethod
    def _has_a_course(cls, value: Path) -> Path:
        if not (value / "course.toml").is_file():
            raise ValueError(f"{value} holds no course.toml")
        return value.resolve()

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, value: str) -> str:
        try:
            parsed = dj_database_url.parse(value) if value else {"NAME": "ours"}
        except ValueError as error:
            raise ValueError(f"write postgres://user:password@host/name ({type(error).__name__})") from None
        if not parsed.get("NAME"):
            raise ValueError("write postgres://user:password@host/name")
        return value

    @property
    def https(self) -> bool:
        """Whether the public address is https."""
        return self.course_url.startswith("https://")

    @property
    def local(self) -> bool:
        """Whether nobody but this machine itself is meant to reach the site."""
        bound = self.course_bind.rpartition(":")[0]
        return bound in {"127.0.0.1", "localhost", "[::1]"} and not self.course_url and not self.course_hosts

    @property
    def hosts(self) -> list[str]:
        """Every host name that the site answers to."""
        bound = self.course_bind.rpartition(":")[0]
        own = [bound] if bound not in {"0.0.0.0", "[::]"} else []  # noqa: S104 - compared, not bound
        public = urlsplit(self.course_url).hostname or ""
        public = f"[{public}]" if ":" in public else public
        return ["localhost", "127.0.0.1", "[::1]", *own, *self.course_hosts, *filter(None, [public])]


def read() -> Environment:
    """Read the environment; leave with one line a wrong variable, by name."""
    known = {name.upper() for name in Environment.model_fields}
    wrong = [_unknown(name, known) for name in os.environ if name.startswith("COURSE_") and name not in known]
    try:
        environment = Environment()
    except ValidationError as error:
        wrong += [f"{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()]
    if wrong:
        raise SystemExit("The environment is not right:\n  " + "\n  ".join(wrong))
    return environment


def _unknown(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"{name}: no such variable" + (f"; did you mean {near[0]}?" if near else "")
