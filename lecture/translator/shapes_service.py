"""The shape of a service, of a job, and of what runs before a service starts."""

import re
from dataclasses import replace

from lecture.translator.shapes import (
    ANYTHING,
    BOOLEAN,
    COMMAND,
    DEVICE,
    GPU,
    GRANTS,
    HOOK,
    HOSTS,
    NULL,
    NUMBER,
    OPTIONS,
    PAIRS,
    TEXT,
    TEXT_OR_LIST,
    TEXTS,
    ULIMITS,
    UNIQUE,
    WHOLE,
    YES_NO,
    Shape,
    each,
    items,
    keys,
    named,
    scalar,
    texts_map,
)  # fmt: skip

_RATE = items(keys(extensions=False, path=TEXT, rate=WHOLE))
_PULL = r"^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$"
_ORDER = scalar("text", choices=("start-first", "stop-first"))
_VALUE = scalar("text", "number", "boolean")

HEALTHCHECK = keys(
    disable=YES_NO, interval=TEXT, retries=NUMBER, test=TEXT | TEXTS, timeout=TEXT, start_period=TEXT,
    start_interval=TEXT,
)  # fmt: skip

MOUNT = keys(
    required=("type",),
    type=scalar("text", choices=("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
    source=TEXT,
    target=TEXT,
    read_only=YES_NO,
    consistency=TEXT,
    bind=keys(
        propagation=TEXT,
        create_host_path=YES_NO,
        recursive=scalar("text", choices=("enabled", "disabled", "writable", "readonly")),
        selinux=scalar("text", choices=("z", "Z")),
    ),
    volume=keys(labels=PAIRS, nocopy=YES_NO, subpath=TEXT),
    tmpfs=keys(size=scalar("integer", "text", least=0), mode=NUMBER),
    image=keys(subpath=TEXT),
)

PORT = scalar("number", "text") | keys(
    name=TEXT, mode=TEXT, host_ip=TEXT, target=WHOLE, published=WHOLE, protocol=TEXT, app_protocol=TEXT
)

_ATTACHED = NULL | keys(
    aliases=UNIQUE, interface_name=TEXT, ipv4_address=TEXT, ipv6_address=TEXT, link_local_ips=UNIQUE, mac_address=TEXT,
    driver_opts=OPTIONS, priority=scalar("number"), gw_priority=scalar("number"), use_service_name_alias=YES_NO,
)  # fmt: skip

_CONTAINER: dict[str, Shape] = {
    **each(PAIRS, "annotations environment labels sysctls"),
    **each(UNIQUE, "cap_add cap_drop dns_opt security_opt volumes_from device_cgroup_rules"),
    **each(COMMAND, "command entrypoint"),
    **each(GRANTS, "configs secrets"),
    **each(NUMBER, "cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime cpus pids_limit"),
    **each(TEXT_OR_LIST, "dns dns_search tmpfs"),
    **each(YES_NO, "init oom_kill_disable privileged read_only"),
    **each(WHOLE, "mem_limit mem_reservation mem_swappiness memswap_limit shm_size"),
    **each(TEXT, "cgroup_parent cpuset domainname hostname image ipc isolation mac_address network_mode platform"),
    **each(TEXT, "pull_refresh_after runtime stop_grace_period stop_signal user uts userns_mode working_dir"),
    "blkio_config": keys(
        each(_RATE, "device_read_bps device_read_iops device_write_bps device_write_iops"),
        extensions=False,
        weight=WHOLE,
        weight_device=items(keys(extensions=False, path=TEXT, weight=WHOLE)),
    ),
    "cgroup": scalar("text", choices=("host", "private")),
    "cpu_count": scalar("text", "integer", least=0),
    "cpu_percent": scalar("text", "integer", least=0, most=100),
    "credential_spec": keys(config=TEXT, file=TEXT, registry=TEXT),
    "devices": items(TEXT | keys(required=("source",), source=TEXT, target=TEXT, permissions=TEXT)),
    "env_file": TEXT
    | items(TEXT | keys(required=("path",), extensions=False, path=TEXT, format=TEXT, required_=YES_NO)),
    "label_file": TEXT | TEXTS,
    "extra_hosts": HOSTS,
    "gpus": scalar("text", choices=("all",)) | items(GPU),
    "group_add": items(scalar("text", "number"), unique=True),
    "logging": keys(driver=TEXT, options=texts_map("text", "number", "null")),
    "models": named(NULL | keys(endpoint_var=TEXT, model_var=TEXT), closed=False) | UNIQUE,
    "networks": named(_ATTACHED) | UNIQUE,
    "oom_score_adj": scalar("text", "integer", least=-1000, most=1000),
    "pid": scalar("text", "null"),
    "pull_policy": scalar("text", pattern=_PULL),
    "storage_opt": ANYTHING,
    "ulimits": ULIMITS,
    "umask": scalar("integer", "text", "null", least=0, most=4294967295),
    "use_api_socket": BOOLEAN,
    "volumes": items(TEXT | MOUNT, unique=True),
}  # fmt: skip

BUILD = TEXT | keys(
    {
        **each(TEXT, "context dockerfile dockerfile_inline network target isolation"),
        **each(TEXTS, "entitlements cache_from cache_to tags platforms"),
        **each(PAIRS, "args ssh labels additional_contexts"),
        **each(YES_NO, "no_cache provenance sbom pull privileged"),
    },
    no_cache_filter=TEXT_OR_LIST,
    shm_size=WHOLE,
    extra_hosts=HOSTS,
    secrets=GRANTS,
    ulimits=ULIMITS,
)

_DEPENDENCY = keys(
    required=("condition",),
    restart=YES_NO,
    required_=BOOLEAN,
    condition=scalar("text", choices=("service_started", "service_healthy", "service_completed_successfully")),
)

_WORKLOAD: dict[str, Shape] = {
    "build": BUILD,
    "depends_on": named(_DEPENDENCY) | UNIQUE,
    "healthcheck": HEALTHCHECK,
    "ports": items(PORT, unique=True),
    "expose": items(scalar("text", "number"), unique=True),
    "stdin_open": YES_NO,
    "tty": YES_NO,
}

_ROLLING = keys(
    parallelism=WHOLE, delay=TEXT, failure_action=TEXT, monitor=TEXT, max_failure_ratio=NUMBER, order=_ORDER
)  # fmt: skip
_GENERIC = items(keys(discrete_resource_spec=keys(kind=TEXT, value=NUMBER)))

DEPLOY = NULL | keys(
    mode=TEXT,
    endpoint_mode=TEXT,
    replicas=WHOLE,
    labels=PAIRS,
    rollback_config=_ROLLING,
    update_config=_ROLLING,
    resources=keys(
        limits=keys(cpus=NUMBER, memory=TEXT, pids=WHOLE),
        reservations=keys(cpus=NUMBER, memory=TEXT, generic_resources=_GENERIC, devices=items(DEVICE)),
    ),
    restart_policy=keys(condition=TEXT, delay=TEXT, max_attempts=WHOLE, window=TEXT),
    placement=keys(constraints=TEXTS, preferences=items(keys(spread=TEXT)), max_replicas_per_node=WHOLE),
)

_WATCH = keys(
    required=("path", "action"),
    ignore=TEXT_OR_LIST,
    include=TEXT_OR_LIST,
    path=TEXT,
    action=scalar("text", choices=("rebuild", "sync", "restart", "sync+restart", "sync+exec")),
    target=TEXT,
    exec=HOOK,
    initial_sync=BOOLEAN,
)

_OPTION = Shape(list=True, items=_VALUE) | _VALUE
_PROVIDER = keys(
    required=("type",),
    type=TEXT,
    options=Shape(map=True, names=re.compile(r".+"), each=_OPTION, closed=False),
)
_EXTENDS = TEXT | keys(required=("service",), extensions=False, service=TEXT, file=TEXT)
_PRE_START = keys(_CONTAINER, per_replica=YES_NO)

SERVICE = keys(
    _CONTAINER | _WORKLOAD,
    deploy=DEPLOY,
    develop=NULL | keys(watch=items(_WATCH)),
    profiles=UNIQUE,
    restart=TEXT,
    scale=WHOLE,
    attach=YES_NO,
    container_name=scalar("text", pattern=r"[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
    provider=_PROVIDER,
    extends=_EXTENDS,
    links=UNIQUE,
    external_links=UNIQUE,
    pre_start=items(_PRE_START),
    post_start=items(HOOK),
    pre_stop=items(HOOK),
)

_SCHEDULE = keys(
    required=("cron",),
    cron=TEXT,
    timezone=TEXT,
    concurrency=scalar("text", choices=("forbid", "queue")),
    missed_fires=scalar("text", choices=("one", "skip")),
)
_TRIGGERS = replace(keys(manual=YES_NO, schedule=items(TEXT | _SCHEDULE)), one_of=("manual", "schedule"))

JOB = keys(_CONTAINER | _WORKLOAD, required=("triggers",), profiles=UNIQUE, extends=_EXTENDS, triggers=_TRIGGERS)
