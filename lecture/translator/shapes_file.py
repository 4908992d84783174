"""The shape of a whole compose file."""

from lecture.translator.shapes import (
    EXTERNAL,
    EXTERNAL_OPEN,
    NULL,
    OPTIONS,
    PAIRS,
    TEXT,
    TEXT_OR_LIST,
    TEXTS,
    YES_NO,
    items,
    keys,
    named,
    scalar,
    texts_map,
)  # fmt: skip
from lecture.translator.shapes_service import JOB, SERVICE

NETWORK = NULL | keys(
    name=TEXT,
    driver=TEXT,
    driver_opts=OPTIONS,
    ipam=keys(
        driver=TEXT,
        config=items(keys(subnet=TEXT, ip_range=TEXT, gateway=TEXT, aux_addresses=texts_map("text", closed=True))),
        options=texts_map("text", closed=True),
    ),
    external=EXTERNAL,
    internal=YES_NO,
    enable_ipv4=YES_NO,
    enable_ipv6=YES_NO,
    attachable=YES_NO,
    labels=PAIRS,
)

VOLUME = NULL | keys(name=TEXT, driver=TEXT, driver_opts=OPTIONS, external=EXTERNAL, labels=PAIRS)

SECRET = keys(
    name=TEXT, environment=TEXT, file=TEXT, external=EXTERNAL_OPEN, labels=PAIRS, driver=TEXT, driver_opts=OPTIONS,
    template_driver=TEXT,
)  # fmt: skip

CONFIG = keys(
    name=TEXT, content=TEXT, environment=TEXT, file=TEXT, external=EXTERNAL_OPEN, labels=PAIRS, template_driver=TEXT
)

MODEL = keys(required=("model",), name=TEXT, model=TEXT, context_size=scalar("integer"), runtime_flags=TEXTS)

INCLUDE = TEXT | keys(extensions=False, path=TEXT_OR_LIST, env_file=TEXT_OR_LIST, project_directory=TEXT)

FILE = keys(
    version=TEXT,
    name=TEXT,
    include=items(INCLUDE),
    services=named(SERVICE),
    models=named(MODEL),
    networks=named(NETWORK),
    volumes=named(VOLUME),
    secrets=named(SECRET),
    configs=named(CONFIG),
    jobs=named(JOB),
)
