"""What stands in the Terraform of a blueprint: the capstone first, then each kind of resource."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from lecture.translator.blueprint import Account, Link, Resource
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile, Place, Unset
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Container,
    ContainerPort,
    Database,
    Dns,
    EcsService,
    FileSystem,
    Health,
    Image,
    Job,
    Kafka,
    Listener,
    LoadBalancer,
    Machines,
    NetworkBalancer,
    Rule,
    Search,
    Secret,
    Secrets,
    Share,
    Vpc,
)
from lecture.translator.terraform.write import write
from lecture.translator.values import Hidden, Origin, Ref, SecretUse, Variable
from tests.translator import capstone
from tests.translator.hclread import Block, read, read_all

FILES = ["network.tf", "services.tf", "data.tf", "security.tf", "variables.tf", "outputs.tf", "versions.tf",
         "provider.tf", "README.md", "terraform.tfvars.example"]  # fmt: skip
HERE = Origin("services.x", 1)


@pytest.fixture(scope="module")
def learning():
    return read_all(write(capstone.blueprint()).files)


@pytest.fixture(scope="module")
def production():
    return read_all(write(capstone.blueprint(Choices(size="production"))).files)


def resource(id, spec, type="aws_x"):
    return Resource(id, type, id, "compute", None, (Origin(f"services.{id}", 1),), spec)


def service(name, ports=(), **more):
    kept = {key: more.pop(key) for key in tuple(more) if key in Container.__dataclass_fields__}
    container = Container(name, Image(("nginx:1.27",)), 256, 512, ports=ports, **kept)
    return resource(name, EcsService(container, names=(name,), **more), "aws_ecs_service")


def made(*resources, links=(), choices=capstone.LEARNING, **more):
    """The Terraform of a blueprint that holds these alone."""
    empty = replace(capstone.blueprint(choices), resources=(), links=(), repositories=(), cards=(), hidden={})
    network = resource("network", Vpc(), "aws_vpc")
    return write(replace(empty, resources=(network, *resources), links=links, **more))


def blocks(*resources, **more):
    return read_all(made(*resources, **more).files)


def container(found, name):
    """The container definition of a service."""
    [definition] = found[f"aws_ecs_task_definition.{name}"]["container_definitions"]
    return definition


# ---- the files ------------------------------------------------------------------------------------


def test_the_files_stand_as_a_person_would_have_split_them():
    assert list(write(capstone.blueprint()).files) == FILES


def test_files_with_nothing_in_them_say_so():
    files = made().files
    assert files["services.tf"] == "# Nothing here: your file has no container that would run on AWS.\n"
    assert files["data.tf"] == "# Nothing here: your file keeps no data that would need a home of its own.\n"
    assert files["variables.tf"] == "# Nothing to ask: every value of your file is known.\n"


def test_versions_and_region_are_pinned():
    files = write(capstone.blueprint(Choices(region="eu_west_2"))).files
    assert 'required_version = ">= 1.11"' in files["versions.tf"]
    assert 'version = "~> 5.100"' in files["versions.tf"]
    assert read(files["provider.tf"])[0]["region"] == "eu-west-2"
    assert read_all(files)["aws_subnet.data_b"]["availability_zone"] == "eu-west-2b"


def test_each_resource_knows_its_blocks_the_chief_one_first():
    addresses = write(capstone.blueprint()).addresses
    assert {id: found[0] for id, found in addresses.items()} == {
        "network": "aws_vpc.main",
        "load-balancer": "aws_lb.main",
        "dns": "aws_route53_zone.main",
        "api": "aws_ecs_service.api",
        "worker": "aws_ecs_service.worker",
        "beat": "aws_ecs_service.beat",
        "db": "aws_db_instance.db",
        "redis": "aws_elasticache_replication_group.redis",
        "secrets": "aws_secretsmanager_secret.database_url",
        "nat": "aws_nat_gateway.a",
    }


# ---- the network ----------------------------------------------------------------------------------


def test_the_network_has_three_tiers_in_two_zones(learning):
    found = {address: block["cidr_block"] for address, block in learning.items() if "aws_subnet." in address}
    assert found == {
        "aws_subnet.public_a": "10.0.1.0/24",
        "aws_subnet.public_b": "10.0.2.0/24",
        "aws_subnet.app_a": "10.0.11.0/24",
        "aws_subnet.app_b": "10.0.12.0/24",
        "aws_subnet.data_a": "10.0.21.0/24",
        "aws_subnet.data_b": "10.0.22.0/24",
    }


def ways_out(found):
    """Where each subnet sends what is not of its network."""
    out = {}
    for address, block in found.items():
        if address.startswith("aws_route_table_association."):
            table = found[block["route_table_id"].removesuffix(".id")]
            subnet = block["subnet_id"].removeprefix("aws_subnet.").removesuffix(".id")
            out[subnet] = [route.get("gateway_id") or route.get("nat_gateway_id") for route in table.inner("route")]
    return out


GATE = ["aws_internet_gateway.main.id"]


@pytest.mark.parametrize(
    ("nat", "a", "b"),
    [
        ("none", [], []),
        ("one", ["aws_nat_gateway.a.id"], ["aws_nat_gateway.a.id"]),
        ("per-zone", ["aws_nat_gateway.a.id"], ["aws_nat_gateway.b.id"]),
    ],
)
def test_each_choice_of_nat_gateways_has_its_ways_out(nat, a, b):
    found = read_all(write(capstone.blueprint(Choices(nat=nat))).files)
    assert ways_out(found) == {
        "public_a": GATE, "public_b": GATE, "app_a": a, "app_b": b, "data_a": [], "data_b": [],
    }  # fmt: skip
    assert ("aws_vpc_endpoint.s3" in found) is (nat != "none")


def test_the_load_balancer_listens_on_443_with_a_certificate_and_sends_80_there(learning):
    https, http = learning["aws_lb_listener.https"], learning["aws_lb_listener.http"]
    assert (https["port"], https["protocol"]) == ("443", "HTTPS")
    assert https["certificate_arn"] == "aws_acm_certificate_validation.main.certificate_arn"
    assert https.inner("default_action")[0]["target_group_arn"] == "aws_lb_target_group.api_8000.arn"
    assert http.inner("default_action")[0].inner("redirect")[0].arguments == {
        "port": "443", "protocol": "HTTPS", "status_code": "HTTP_301",
    }  # fmt: skip
    assert learning["aws_lb.main"]["subnets"] == ["aws_subnet.public_a.id", "aws_subnet.public_b.id"]


def test_with_several_doors_each_has_a_name_of_its_own():
    web = (ContainerPort(3000, "tcp", http=True),)
    rules = (Rule("api", 3000, "", "/health", HERE), Rule("ui", 3000, "ui", "/", HERE, tls=True))
    found = blocks(
        service("api", web), service("ui", web), resource("lb", LoadBalancer(rules)), resource("dns", Dns(("", "ui")))
    )
    condition = found["aws_lb_listener_rule.ui"].inner("condition")[0].inner("host_header")[0]
    assert condition["values"] == ["ui.${var.domain}"]
    assert found["aws_route53_record.ui"]["name"] == "ui.${var.domain}"
    assert found["aws_route53_record.main"]["name"] == "var.domain"
    assert found["aws_lb_target_group.ui_3000"]["protocol"] == "HTTPS"
    assert found["aws_lb_target_group.api_3000"].inner("health_check")[0]["path"] == "/health"
    assert "aws_lb_listener_rule.ui" in found["aws_ecs_service.ui"]["depends_on"]
    assert "aws_lb_listener.https" in found["aws_ecs_service.api"]["depends_on"]


def test_without_a_default_the_load_balancer_says_404():
    found = blocks(service("ui"), resource("lb", LoadBalancer((Rule("ui", 80, "ui", "/", HERE),))))
    assert found["aws_lb_listener.https"].inner("default_action")[0]["type"] == "fixed-response"


def test_what_is_not_http_stands_behind_the_network_balancer():
    ports = (ContainerPort(1883, "tcp"), ContainerPort(53, "tcp"), ContainerPort(53, "udp"), ContainerPort(514, "udp"))
    listeners = (
        Listener(1883, "tcp", "hub", 1883, HERE),
        Listener(53, "tcp", "hub", 53, HERE),
        Listener(53, "udp", "hub", 53, HERE),
        Listener(514, "udp", "hub", 514, HERE),
    )
    found = blocks(service("hub", ports), resource("nlb", NetworkBalancer(listeners)))
    heard = {(block["port"], block["protocol"]) for address, block in found.items() if "aws_lb_listener." in address}
    assert heard == {("1883", "TCP"), ("53", "TCP_UDP"), ("514", "UDP")}
    assert found["aws_lb_target_group.hub_514_udp"].inner("health_check")[0]["port"] == "1883"
    open_ports = {
        (block["from_port"], block["ip_protocol"])
        for block in found.values()
        if block.get("security_group_id") == "aws_security_group.nlb.id" and block.get("cidr_ipv4")
    }
    assert open_ports == {("1883", "tcp"), ("53", "tcp"), ("53", "udp"), ("514", "udp")}


# ---- what runs ------------------------------------------------------------------------------------


def test_the_three_services_run_one_image_with_their_own_commands(learning):
    image = "${aws_ecr_repository.capstone.repository_url}:${var.image_tag}"
    assert {container(learning, name)["image"] for name in ("api", "worker", "beat")} == {image}
    assert "command" not in container(learning, "api")
    assert container(learning, "beat")["command"] == ["celery", "-A", "app.worker", "beat", "--loglevel=info"]


def test_there_is_never_a_second_beat(learning):
    found = {
        name: [learning[f"aws_ecs_service.{name}"][key] for key in (
            "desired_count", "deployment_minimum_healthy_percent", "deployment_maximum_percent")]
        for name in ("api", "beat")
    }  # fmt: skip
    assert found == {"api": ["1", "100", "200"], "beat": ["1", "0", "100"]}


def test_a_service_rolls_back_what_does_not_start_and_lets_nobody_in(learning):
    api = learning["aws_ecs_service.api"]
    assert api.inner("deployment_circuit_breaker")[0].arguments == {"enable": "true", "rollback": "true"}
    assert api["enable_execute_command"] == "false"
    assert api["launch_type"] == "FARGATE"
    assert api.inner("network_configuration")[0].arguments == {
        "subnets": ["aws_subnet.app_a.id", "aws_subnet.app_b.id"],
        "security_groups": ["aws_security_group.api.id"],
        "assign_public_ip": "false",
    }


def test_without_a_nat_gateway_tasks_stand_in_public_subnets():
    found = blocks(service("api", public_ip=True), choices=Choices(nat="none"))
    network = found["aws_ecs_service.api"].inner("network_configuration")[0]
    assert (network["subnets"], network["assign_public_ip"]) == (
        ["aws_subnet.public_a.id", "aws_subnet.public_b.id"],
        "true",
    )


def test_a_value_in_clear_names_the_endpoint_that_aws_gives(learning):
    assert container(learning, "worker")["environment"] == [
        {
            "name": "REDIS_URL",
            "value": "rediss://${aws_elasticache_replication_group.redis.primary_endpoint_address}:6379/0?ssl_cert_reqs=required",
        }
    ]


def test_a_secret_passes_through_and_is_read_when_a_task_starts(learning):
    assert container(learning, "api")["secrets"] == [
        {"name": "DATABASE_URL", "valueFrom": "aws_secretsmanager_secret_version.database_url.arn"}
    ]
    version = learning["aws_secretsmanager_secret_version.database_url"]
    assert version["secret_string_wo"] == (
        "postgresql+asyncpg://saas:${var.database_url_password}@${aws_db_instance.db.address}:5432/saas?ssl=require"
    )
    assert version.get("secret_string") is None
    [variable] = [
        b for b in read(write(capstone.blueprint()).files["variables.tf"]) if b.address == "database_url_password"
    ]
    assert (variable["sensitive"], variable["ephemeral"], variable.get("default")) == ("true", "true", None)


@pytest.mark.parametrize(("size", "days"), [("learning", "7"), ("production", "30")])
def test_logs_are_kept_for_a_while(size, days):
    found = read_all(write(capstone.blueprint(Choices(size=size))).files)
    assert found["aws_cloudwatch_log_group.api"]["retention_in_days"] == days


@pytest.mark.parametrize(("arch", "kind"), [("x86", "X86_64"), ("arm", "ARM64")])
def test_tasks_run_on_the_chosen_processors(arch, kind):
    found = read_all(write(capstone.blueprint(Choices(arch=arch))).files)
    assert found["aws_ecs_task_definition.api"].inner("runtime_platform")[0]["cpu_architecture"] == kind


def test_everything_that_a_container_may_ask_for_is_written():
    full = service(
        "api", (ContainerPort(80, "tcp"),), health=Health((("CMD",), ("true",)), 10, 5, 3, 20), user="1000", init=True,
        working_dir="/app", stop_timeout=90, read_only=True, nofile=(1, 2), scratch=("/tmp",), disk_gb=40,
        capabilities=("SYS_PTRACE",), entrypoint=(("sh",), ("-c",)), command=(("echo ${HOME}",),),
    )  # fmt: skip
    found = blocks(full)
    definition = container(found, "api")
    assert definition["entryPoint"] == ["sh", "-c"]
    assert definition["command"] == ["echo $${HOME}"]
    assert definition["healthCheck"] == {
        "command": ["CMD", "true"], "interval": "10", "timeout": "5", "retries": "3", "startPeriod": "20",
    }  # fmt: skip
    assert definition["linuxParameters"] == {"initProcessEnabled": "true", "capabilities": {"add": ["SYS_PTRACE"]}}
    assert definition["ulimits"] == [{"name": "nofile", "softLimit": "1", "hardLimit": "2"}]
    assert definition["mountPoints"] == [{"sourceVolume": "scratch-0", "containerPath": "/tmp", "readOnly": "false"}]
    simple = {key: definition[key] for key in ("user", "workingDirectory", "stopTimeout", "readonlyRootFilesystem")}
    assert simple == {
        "user": "1000", "workingDirectory": "/app", "stopTimeout": "90", "readonlyRootFilesystem": "true",
    }  # fmt: skip
    assert found["aws_ecs_task_definition.api"].inner("ephemeral_storage")[0]["size_in_gib"] == "40"


def test_a_job_is_run_by_hand_with_the_command_that_is_put_out():
    task = Container("migrate", Image(("app:1",)), 256, 512)
    written = made(resource("migrate", Job(task), "aws_ecs_task_definition"), choices=Choices(nat="none"))
    assert "aws_ecs_service.migrate" not in read_all(written.files)
    [output] = [block for block in read(written.files["outputs.tf"]) if block.address == "run_migrate"]
    assert output["value"] == (
        "aws ecs run-task --cluster ${aws_ecs_cluster.main.name}"
        " --task-definition ${aws_ecs_task_definition.migrate.family} --launch-type FARGATE"
        " --network-configuration 'awsvpcConfiguration={"
        "subnets=[${aws_subnet.public_a.id},${aws_subnet.public_b.id}],"
        "securityGroups=[${aws_security_group.migrate.id}],assignPublicIp=ENABLED}'"
    )


# ---- names ----------------------------------------------------------------------------------------


def connection(found, name):
    [block] = found[f"aws_ecs_service.{name}"].inner("service_connect_configuration")
    return [
        (inner["port_name"], alias["dns_name"], alias["port"])
        for inner in block.inner("service")
        for alias in inner.inner("client_alias")
    ]


def test_services_call_each_other_by_the_names_of_the_file():
    port = ContainerPort(8000, "tcp")
    api = resource("api", EcsService(Container("api", Image(("a:1",)), 256, 512, ports=(port,)), discoverable=(port,),
                                     names=("api", "API.local")))  # fmt: skip
    found = blocks(api, service("web"), service("alone"), links=(Link("web", "api", 8000, "tcp", "x"),))
    assert connection(found, "api") == [("tcp-8000", "api", "8000"), ("tcp-8000", "api.local", "8000")]
    assert connection(found, "web") == []
    assert found["aws_ecs_service.alone"].inner("service_connect_configuration") == []
    assert "aws_ecs_service.api" in found["aws_ecs_service.web"]["depends_on"]


def test_services_that_call_each_other_in_a_ring_can_still_be_made():
    port = (ContainerPort(80, "tcp"),)
    ring = [service(name, port, discoverable=port) for name in ("a", "b", "c")]
    links = tuple(Link(one, other, 80, "tcp", "x") for one, other in (("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")))
    written = made(*ring, links=links)
    found = read_all(written.files)
    waits = {
        name: [one for one in found[f"aws_ecs_service.{name}"]["depends_on"] if "aws_ecs_service" in one]
        for name in "abc"
    }
    assert waits == {"a": ["aws_ecs_service.b"], "b": ["aws_ecs_service.c"], "c": []}
    assert "c and a call each other" in written.files["README.md"]


def test_what_is_called_over_udp_has_a_name_in_a_private_zone():
    port = (ContainerPort(8125, "udp"),)
    found = blocks(
        service("statsd", port, discoverable=port), service("api"), links=(Link("api", "statsd", 8125, "udp", "x"),)
    )
    assert found["aws_service_discovery_private_dns_namespace.main"]["name"] == "capstone.internal"
    [registry] = found["aws_ecs_service.statsd"].inner("service_registries")
    assert registry["registry_arn"] == "aws_service_discovery_service.statsd.arn"


def test_a_name_that_aws_cannot_give_is_left_out_and_said():
    port = (ContainerPort(80, "tcp"),)
    api = resource("api", EcsService(Container("api", Image(("x",)), 256, 512, ports=port), discoverable=port,
                                     names=("API", "my alias", "-x")))  # fmt: skip
    written = made(api)
    assert connection(read_all(written.files), "api") == [("tcp-80", "api", "80")]
    assert "The name 'my alias' of api is none that AWS can give" in written.files["README.md"]


def test_names_and_ports_are_given_once():
    port = (ContainerPort(80, "tcp"),)
    pair = [resource(name, EcsService(Container(name, Image(("x",)), 256, 512, ports=port), discoverable=port,
                                      names=(name, "shared"))) for name in ("a", "b")]  # fmt: skip
    found = blocks(*pair)
    assert connection(found, "a") + connection(found, "b") == [
        ("tcp-80", "a", "80"), ("tcp-80", "shared", "80"), ("tcp-80", "b", "80"),
    ]  # fmt: skip


# ---- EC2 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "gpu", "ami", "processor"),
    [
        ("t3.small", False, "amazon-linux-2023/recommended", "X86_64"),
        ("t4g.small", False, "amazon-linux-2023/arm64/recommended", "ARM64"),
        ("g4dn.xlarge", True, "amazon-linux-2023/gpu/recommended", "X86_64"),
    ],
)
def test_what_fargate_cannot_run_stands_on_instances(kind, gpu, ami, processor):
    odd = service("odd", launch="ec2", privileged=True)
    found = blocks(odd, resource("machines", Machines(kind, 2, ("odd",), gpu)))
    template = found["aws_launch_template.machines"]
    assert template["image_id"] == f"resolve:ssm:/aws/service/ecs/optimized-ami/{ami}/image_id"
    assert template.inner("metadata_options")[0]["http_tokens"] == "required"
    [strategy] = found["aws_ecs_service.odd"].inner("capacity_provider_strategy")
    assert strategy["capacity_provider"] == "aws_ecs_capacity_provider.machines.name"
    task = found["aws_ecs_task_definition.odd"]
    assert (task["requires_compatibilities"], task.inner("runtime_platform")[0]["cpu_architecture"]) == (
        ["EC2"],
        processor,
    )
    assert container(found, "odd")["privileged"] == "true"
    assert container(found, "odd").get("resourceRequirements") == ([{"type": "GPU", "value": "1"}] if gpu else None)


# ---- data -----------------------------------------------------------------------------------------


def test_the_database_is_closed_encrypted_and_keeps_its_own_password(learning, production):
    keys = ("identifier", "engine", "engine_version", "db_name", "username", "manage_master_user_password",
            "storage_encrypted", "publicly_accessible", "engine_lifecycle_support", "password")  # fmt: skip
    assert [learning["aws_db_instance.db"].get(key) for key in keys] == [
        "capstone-db", "postgres", "15", "saas", "saas_admin", "true", "true", "false",
        "open-source-rds-extended-support-disabled", None,
    ]  # fmt: skip
    choices = ("multi_az", "deletion_protection", "skip_final_snapshot", "backup_retention_period")
    assert [learning["aws_db_instance.db"][key] for key in choices] == ["false", "false", "true", "1"]
    assert [production["aws_db_instance.db"][key] for key in choices] == ["true", "true", "false", "7"]


def test_only_open_source_engines_have_extended_support_to_refuse():
    kinds = {
        "postgres": Database("postgres", "17", "db.t4g.micro", 20, "a", "b", 5432, False, False, 1),
        "maria": Database("mariadb", "11.4", "db.t4g.micro", 20, "a", "b", 3306, False, False, 1),
        "mssql": Database(
            "sqlserver-ex", "16.00", "db.t3.small", 20, "", "b", 1433, False, False, 1, "license-included"
        ),
    }
    found = blocks(*(resource(name, spec) for name, spec in kinds.items()))
    refused = {name: found[f"aws_db_instance.{name}"].get("engine_lifecycle_support") is not None for name in kinds}
    assert refused == {"postgres": True, "maria": False, "mssql": False}
    assert found["aws_db_instance.mssql"]["license_model"] == "license-included"
    assert found["aws_db_instance.mssql"].get("db_name") is None


def test_a_cache_that_holds_jobs_forgets_nothing(learning, production):
    [parameter] = learning["aws_elasticache_parameter_group.redis"].inner("parameter")
    assert parameter.arguments == {"name": "maxmemory-policy", "value": "noeviction"}
    cache = learning["aws_elasticache_replication_group.redis"]
    assert cache["parameter_group_name"] == "aws_elasticache_parameter_group.redis.name"
    assert (cache["num_cache_clusters"], cache["automatic_failover_enabled"]) == ("1", "false")
    cache = production["aws_elasticache_replication_group.redis"]
    assert (cache["num_cache_clusters"], cache["automatic_failover_enabled"]) == ("2", "true")


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [
        ("redis", "7.1", "redis7"),
        ("redis", "6.2", "redis6.x"),
        ("redis", "5.0.6", "redis5.0"),
        ("valkey", "8.0", "valkey8"),
    ],
)
def test_parameters_belong_to_the_family_of_the_version(engine, version, family):
    found = blocks(resource("q", Cache(engine, version, "cache.t4g.micro", 1, 6379, broker=True)))
    assert found["aws_elasticache_parameter_group.q"]["family"] == family


def test_the_broker_and_its_clients_share_a_password():
    url = ("amqps://app:", Hidden("rabbit_pass"), "@", Ref("rabbit", "host"), ":", Ref("rabbit", "port"))
    secret = Secret("amqp-url", url, ("api",), (HERE,))
    written = made(
        service("api", secrets=(SecretUse("AMQP_URL", "amqp-url", HERE),)),
        resource("rabbit", Broker("3.13", "mq.m7g.medium", "app", cluster=False)),
        resource("secrets", Secrets((secret,))),
        hidden={"rabbit_pass": (Origin("services.rabbit.environment.RABBITMQ_DEFAULT_PASS", 9),)},
    )
    found = read_all(written.files)
    [user] = found["aws_mq_broker.rabbit"].inner("user")
    assert user.arguments == {"username": "app", "password": "var.rabbit_pass"}
    host = 'trimsuffix(trimprefix(aws_mq_broker.rabbit.instances[0].endpoints[0], "amqps://"), ":5671")'
    version = found["aws_secretsmanager_secret_version.amqp_url"]
    assert version["secret_string_wo"] == f"amqps://app:${{var.rabbit_pass}}@${{{host}}}:5671"
    [variable] = read(written.files["variables.tf"])
    assert (variable["sensitive"], variable.get("ephemeral")) == ("true", None)


def test_kafka_is_named_by_all_its_brokers():
    env = (
        Variable("BROKERS", (Ref("kafka", "host"), ":9092"), HERE),
        Variable("SAME", (Ref("kafka", "host"), ":", Ref("kafka", "port"), "/topic"), HERE),
        Variable("HOST", (Ref("kafka", "host"),), HERE),
        Variable("URL", ("SSL://", Ref("kafka", "host"), ":9094"), HERE),
    )
    found = blocks(service("api", environment=env), resource("kafka", Kafka("3.7.x", "kafka.t3.small", 3, 10)))
    assert [entry["value"] for entry in container(found, "api")["environment"]] == [
        "aws_msk_cluster.kafka.bootstrap_brokers_tls",
        "${aws_msk_cluster.kafka.bootstrap_brokers_tls}/topic",
        'split(":", split(",", aws_msk_cluster.kafka.bootstrap_brokers_tls)[0])[0]',
        'SSL://${split(":", split(",", aws_msk_cluster.kafka.bootstrap_brokers_tls)[0])[0]}:9094',
    ]
    assert found["aws_msk_cluster.kafka"]["number_of_broker_nodes"] == "4"


def test_search_stands_in_one_zone_or_in_two():
    one, two = Search("2.19", "t3.small.search", 1, 10), Search("2.19", "t3.small.search", 2, 10)
    found = blocks(resource("one", one), resource("two", two))
    assert found["aws_opensearch_domain.one"].inner("vpc_options")[0]["subnet_ids"] == ["aws_subnet.data_a.id"]
    [config] = found["aws_opensearch_domain.two"].inner("cluster_config")
    assert config["zone_awareness_enabled"] == "true"
    assert found["aws_opensearch_domain.two"]["engine_version"] == "OpenSearch_2.19"


def test_a_volume_is_shared_through_a_door_for_each_service():
    shares = {name: (Share("vol", "/data", read_only, HERE),) for name, read_only in (("a", False), ("b", True))}
    found = blocks(
        *(service(name, shares=shares[name]) for name in shares), resource("vol", FileSystem("vol", 5, 1000))
    )
    point = found["aws_efs_access_point.vol_a"]
    assert point.inner("posix_user")[0].arguments == {"uid": "1000", "gid": "1000"}
    [volume] = found["aws_ecs_task_definition.a"].inner("volume")
    [mounted] = volume.inner("efs_volume_configuration")
    assert mounted["transit_encryption"] == "ENABLED"
    assert mounted.inner("authorization_config")[0]["access_point_id"] == "aws_efs_access_point.vol_a.id"
    actions = {name: statements(found, f"{name}_task")[0]["Action"] for name in "ab"}
    assert actions == {
        "a": [f"elasticfilesystem:{action}" for action in ("ClientMount", "ClientWrite", "ClientRootAccess")],
        "b": "elasticfilesystem:ClientMount",
    }
    assert found["aws_ecs_task_definition.a"]["task_role_arn"] == "aws_iam_role.a_task.arn"
    assert {"aws_efs_mount_target.vol_a", "aws_efs_mount_target.vol_b"} <= set(found["aws_ecs_service.a"]["depends_on"])


def test_root_stays_root_on_a_volume_that_nobody_else_owns():
    found = blocks(service("a", shares=(Share("vol", "/x", False, HERE),)), resource("vol", FileSystem("vol", 5)))
    assert found["aws_efs_access_point.vol_a"].inner("posix_user") == []


# ---- rights ---------------------------------------------------------------------------------------


def statements(found: dict[str, Block], role: str) -> list[dict[str, object]]:
    policy = found[f"aws_iam_role_policy.{role}"]["policy"]
    assert isinstance(policy, dict)
    return policy["Statement"]


def test_a_task_starts_with_its_own_log_image_and_secrets_alone(learning):
    assert statements(learning, "api_execution") == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": "${aws_cloudwatch_log_group.api.arn}:*",
        },
        {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Resource": "aws_ecr_repository.capstone.arn",
        },
        {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": ["aws_secretsmanager_secret.database_url.arn"],
        },
    ]
    assert not any(
        entry["Action"] == "secretsmanager:GetSecretValue" for entry in statements(learning, "beat_execution")
    )


def test_code_that_calls_no_aws_has_no_role(learning):
    assert not any(address.endswith("_task") and "iam_role" in address for address in learning)


def test_code_reaches_its_own_bucket_and_no_other():
    found = blocks(
        service("api", buckets=("uploads",)), resource("uploads", Bucket("uploads", 1)), resource("b", Bucket("b", 1))
    )
    assert [entry["Resource"] for entry in statements(found, "api_task")] == [
        "aws_s3_bucket.uploads.arn",
        "${aws_s3_bucket.uploads.arn}/*",
    ]


def test_an_image_of_your_own_account_may_be_fetched():
    kept = Container("api", Image(("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1",)), 256, 512)
    found = blocks(resource("api", EcsService(kept)))
    assert statements(found, "api_execution")[2]["Resource"] == "arn:aws:ecr:eu-west-1:123456789012:repository/team/app"


def test_a_private_registry_gets_a_login():
    kept = Container("api", Image(("ghcr.io/me/app:1",), credentials=True), 256, 512)
    login = Secret("ghcr", (), ("api",), (), private_registry=True)
    written = made(resource("api", EcsService(kept)), resource("secrets", Secrets((login,))))
    found = read_all(written.files)
    assert container(found, "api")["repositoryCredentials"] == {
        "credentialsParameter": "aws_secretsmanager_secret_version.ghcr.arn"
    }
    assert found["aws_secretsmanager_secret_version.ghcr"]["secret_string_wo"] == {
        "username": "var.ghcr_username", "password": "var.ghcr_password",
    }  # fmt: skip
    assert statements(found, "api_execution")[1]["Resource"] == ["aws_secretsmanager_secret.ghcr.arn"]


def test_the_master_password_is_read_from_where_the_database_keeps_it():
    db = Database("mysql", "8.4", "db.t4g.micro", 20, "app", "app_admin", 3306, False, False, 1)
    uses = (SecretUse("DB_PASSWORD", "master", HERE), SecretUse("DB_USER", "master", HERE))
    found = blocks(
        service("api", secrets=uses),
        resource("db", db),
        resource("s", Secrets((Secret("master", (), ("api",), (), "db"),))),
    )
    arn = "aws_db_instance.db.master_user_secret[0].secret_arn"
    assert [entry["valueFrom"] for entry in container(found, "api")["secrets"]] == [
        f"${{{arn}}}:password::", f"${{{arn}}}:username::",
    ]  # fmt: skip
    assert statements(found, "api_execution")[1]["Resource"] == [arn]


def test_a_mounted_secret_says_where_the_file_had_it():
    use = SecretUse("DB_PASSWORD", "pw", HERE, file="/run/secrets/db_password")
    text = made(service("api", secrets=(use,)), resource("s", Secrets((Secret("pw", (), ("api",), (HERE,)),)))).files[
        "services.tf"
    ]
    assert "# your file mounts it at /run/secrets/db_password; ECS gives it as the variable DB_PASSWORD\n" in text


def test_rules_whose_names_would_be_the_same_are_told_apart():
    links = (
        Link("z", "x-from-y", 80, "tcp", "a"),
        Link("y-from-z", "x", 80, "tcp", "a"),
        Link("z", "x", 53, "udp", "a"),
    )
    found = blocks(*(service(name) for name in ("x", "x-from-y", "z", "y-from-z")), links=links)
    assert {address.split(".")[1] for address in found if "ingress_rule" in address} == {
        "x_from_y_from_z_80", "x_from_y_from_z_80_2", "x_from_z_53_udp",
    }  # fmt: skip


# ---- variables ------------------------------------------------------------------------------------


def test_what_the_file_leaves_open_is_asked_for():
    env = tuple(Variable(name, (Unset(name),), HERE) for name in ("TAG", "version", "DOMAIN"))
    file = ComposeFile("", {}, variables={"TAG": (Place(3, 1), Place(7, 1))})
    files = made(service("api", environment=env), resource("dns", Dns(("",))), file=file).files
    found = {block.address: block for block in read(files["variables.tf"])}
    assert list(found) == ["domain", "tag", "version_2", "domain_2"]
    assert found["tag"].remarks == ["compose line 3: ${TAG}", "compose line 7: ${TAG}"]
    assert found["tag"].get("default") is None
    assert files["terraform.tfvars.example"].splitlines()[1:] == [
        'domain    = "example.com"', 'tag       = "…"', 'version_2 = "…"', 'domain_2  = "…"',
    ]  # fmt: skip


def test_what_goes_only_into_a_secret_is_never_kept():
    parts = ("https://", Unset("TOKEN"), "@x/", Unset("BOTH"))
    env = (Variable("BOTH", (Unset("BOTH"),), HERE),)
    files = made(
        service("api", environment=env), resource("s", Secrets((Secret("s", parts, ("api",), (HERE,)),)))
    ).files
    found = {block.address: (block.get("sensitive"), block.get("ephemeral")) for block in read(files["variables.tf"])}
    assert found == {"token": ("true", "true"), "both": ("true", None)}


def test_a_secret_says_which_line_asks_for_it():
    values = {"url": ("amqp://me:", Hidden("word"), "@host"), "file": (Hidden("unplaced"),), "bare": (Hidden("word"),)}
    secrets = tuple(Secret(id, value, ("api",), (Origin(f"secrets.{id}", 4),)) for id, value in values.items())
    hidden = {"word": (Origin("services.api.environment.URL", 9), Origin("services.api.environment.PASS", 10))}
    text = made(service("api"), resource("s", Secrets(secrets)), hidden=hidden).files["variables.tf"]
    found = {block.address: block for block in read(text)}
    assert found["word"].remarks == [
        "compose line 9: services.api.environment.URL", "compose line 10: services.api.environment.PASS",
    ]  # fmt: skip
    assert found["word"]["description"] == (
        "The secret of services.api.environment.URL and 1 more."
        " It stands inside a longer text, so choose letters and digits alone"
    )
    assert found["unplaced"].remarks == ["compose line 4: secrets.file"]
    assert found["unplaced"]["description"] == "The secret of secrets.file"


def test_secrets_are_given_in_the_shell_and_not_in_a_file():
    example = write(capstone.blueprint()).files["terraform.tfvars.example"]
    assert "#   read -rs TF_VAR_database_url_password && export TF_VAR_database_url_password\n" in example
    assert not re.search(r"^database_url_password", example, re.MULTILINE)


# ---- the README -----------------------------------------------------------------------------------


def test_the_readme_says_what_it_costs_and_how_to_go_up_and_down():
    text = write(capstone.blueprint(), Decimal("1116.41"), "RDS  15.44").files["README.md"]
    assert "**$1,116.41 a month** in us-east-1" in text
    assert "RDS  15.44" in text
    assert "--platform linux/amd64" in text
    assert "terraform apply -target=aws_route53_zone.main" in text
    assert "terraform destroy" in text


def test_the_readme_has_the_database_user_that_rds_does_not_make():
    text = write(capstone.blueprint()).files["README.md"]
    assert (
        "CREATE ROLE saas LOGIN PASSWORD '…';\nGRANT saas TO CURRENT_USER;\nALTER DATABASE saas OWNER TO saas;" in text
    )


def test_the_readme_knows_the_user_from_a_variable_beside_the_host():
    db = Database("mysql", "8.4", "db.t4g.micro", 20, "wp", "wp_admin", 3306, False, True, 1)
    env = (Variable("DB_HOST", (Ref("db", "host"),), HERE), Variable("DB_USER", ("wordpress",), HERE))
    text = made(service("blog", environment=env), resource("db", db)).files["README.md"]
    assert "GRANT ALL PRIVILEGES ON wp.* TO 'wordpress'@'%';" in text
    assert "deletion_protection = false" in text


def test_a_user_belongs_to_the_host_that_its_variable_goes_with():
    db = Database("postgres", "17", "db.t4g.micro", 20, "my-shop", "x_admin", 5432, False, True, 1)
    env = (
        Variable("SPRING_DATASOURCE_URL", ("jdbc:postgresql://", Ref("db", "host"), "/shop"), HERE),
        Variable("SPRING_DATASOURCE_USERNAME", ("my-user",), HERE),
        Variable("SPRING_RABBITMQ_USERNAME", ("rabbit",), HERE),
        Variable("USER", ("root",), HERE),
    )
    text = made(service("blog", environment=env), resource("db", db)).files["README.md"]
    assert 'ALTER DATABASE "my-shop" OWNER TO "my-user";' in text
    assert text.count("CREATE ROLE") == 1


def test_an_app_that_logs_in_as_the_administrator_needs_no_user():
    db = Database("postgres", "17", "db.t4g.micro", 20, "shop", "x_admin", 5432, False, True, 1)
    env = (Variable("DB_HOST", (Ref("db", "host"),), HERE), Variable("DB_USER", ("x_admin",), HERE))
    assert "CREATE ROLE" not in made(service("blog", environment=env), resource("db", db)).files["README.md"]


def test_a_user_that_aws_keeps_for_itself_is_not_made():
    db = Database("sqlserver-ex", "16.00", "db.t3.small", 20, "", "app_admin", 1433, False, False, 1)
    env = (Variable("DB_HOST", (Ref("db", "host"),), HERE), Variable("DB_USER", ("sa",), HERE))
    text = made(service("api", environment=env), resource("db", db)).files["README.md"]
    assert "CREATE LOGIN your_user WITH PASSWORD = '…';" in text


def test_a_job_is_told_that_it_knows_no_names():
    port = (ContainerPort(5432, "tcp"),)
    job = resource("migrate", Job(Container("migrate", Image(("app:1",)), 256, 512)), "aws_ecs_task_definition")
    written = made(job, service("db", port, discoverable=port), links=(Link("migrate", "db", 5432, "tcp", "x"),))
    assert "migrate is a job: it cannot call db by this name" in written.files["README.md"]
    assert "aws_vpc_security_group_ingress_rule.db_from_migrate_5432" in read_all(written.files)


def test_a_machine_with_more_tasks_than_network_cards_is_noticed():
    odd = [service(name, launch="ec2") for name in "abc"]
    text = made(*odd, resource("m", Machines("t3.small", 1, ("a", "b", "c")))).files["README.md"]
    assert "3 services share 1 x t3.small" in text
    text = made(*odd, resource("m", Machines("t3.small", 2, ("a", "b", "c")))).files["README.md"]
    assert "services share" not in text


def test_the_readme_repeats_what_still_needs_a_hand():
    accounts = (
        Account("services.x.build", 3, "needs_you", "Build it."),
        Account("services.x.image", 2, "translated", "No."),
    )
    text = made(service("x"), accounts=accounts).files["README.md"]
    assert "## What still needs you\n\n- Line 3, `services.x.build`: Build it.\n" in text
    assert "No." not in text
