"""What strangers’ files become: each test is a file that was once planned wrongly, cut down to the point."""

from textwrap import dedent

from lecture.translator.blueprint import Blueprint
from lecture.translator.choices import Choices
from lecture.translator.compose import Unset
from lecture.translator.limits import LIMITS
from lecture.translator.plan import plan
from lecture.translator.reading import read
from lecture.translator.specs import Secrets
from lecture.translator.translate import values
from lecture.translator.values import Hidden, Ref


def planned(text: str, env: str = "", **choices) -> Blueprint:
    made = Choices(**choices)
    return plan(read(dedent(text), env, made.profiles), made)


def found(blueprint: Blueprint, id: str) -> list[str]:
    """The messages of the findings of that id."""
    return [finding.message for finding in blueprint.findings if finding.id == id]


def said(blueprint: Blueprint, path: str) -> tuple[str, str]:
    return next((one.status, one.message) for one in blueprint.accounts if one.path == path)


def spoken(blueprint: Blueprint) -> set[tuple[str, str, int]]:
    return {(link.source, link.target, link.port) for link in blueprint.links}


# ---- secrets ------------------------------------------------------------------------------------

OPEN_PASSWORD = """
    services:
      api:
        image: acme/api:1
        command: serve --token ${API_TOKEN}
        environment:
          DATABASE_URL: mysql://shop:${DB_PASS:?say so}@db:3306/shop
          OTHER_URL: amqp://shop:${PW}@mq.example.com/
          LEVEL: ${LEVEL}
      db:
        image: mysql:8.4
    """


def test_a_password_that_nobody_gave_a_value_is_a_secret_inside_an_address_too():
    made = planned(OPEN_PASSWORD)
    container = made.resource("api").spec.container
    assert [(one.name, one.value) for one in container.environment] == [("LEVEL", (Unset("LEVEL"),))]
    assert [one.name for one in container.secrets] == ["DATABASE_URL", "OTHER_URL"]
    secrets = next(r.spec for r in made.resources if isinstance(r.spec, Secrets)).secrets
    assert [one.value for one in secrets if one.value] == [
        ("mysql://shop:", Hidden("db_pass"), "@", Ref("db", "host"), ":3306/shop"),
        ("amqp://shop:", Hidden("pw"), "@mq.example.com/"),
    ]
    assert container.command == (("serve",), ("--token",), (Hidden("api_token"),))


def test_what_has_no_value_is_not_a_password_in_the_file():
    assert found(planned(OPEN_PASSWORD), "hard-coded-password") == []


def test_beside_a_secret_a_plain_variable_stays_plain():
    text = "services: {api: {image: 'a:1', environment: {URL: 'postgres://u:${PASS}@${HOST}/x'}}}"
    secrets = next(r.spec for r in planned(text).resources if isinstance(r.spec, Secrets)).secrets
    assert secrets[0].value == ("postgres://u:", Hidden("pass"), "@", Unset("HOST"), "/x")


# ---- links --------------------------------------------------------------------------------------


def test_who_is_named_with_a_port_is_called_on_that_port_alone():
    made = planned("""
        services:
          storage:
            image: acme/storage:1
            depends_on: [rest]
            environment: {REST_URL: "http://rest:3000"}
          rest: {image: "acme/rest:1", expose: ["8055"]}
        """)
    assert spoken(made) == {("storage", "rest", 3000)}
    assert made.links[0].because == "rest in REST_URL, and depends_on"


def test_behind_a_proxy_stand_what_speaks_http_and_nothing_else():
    made = planned("""
        services:
          proxy: {image: "nginx:1.27", ports: ["80:80"]}
          game: {image: "acme/game:1", ports: ["27015:27015"]}
          mail: {image: "mailserver/docker-mailserver:13", ports: ["25:25"]}
          app: {image: "acme/app:1", expose: ["9002"]}
          site: {image: "acme/site:1", ports: ["8000:8000"]}
          blog: {image: "wordpress:6-fpm"}
        """)
    assert {(target, port) for source, target, port in spoken(made) if source == "proxy"} == {
        ("app", 9002), ("site", 8000), ("blog", 9000),
    }  # fmt: skip


def test_a_tool_looks_into_its_own_kind_of_store():
    made = planned("""
        services:
          pgadmin: {image: "dpage/pgadmin4:8"}
          phpmyadmin: {image: "phpmyadmin:5"}
          db: {image: "postgres:17"}
          shop: {image: "mariadb:11.4"}
          mq: {image: "apache/activemq-classic:6"}
        """)
    assert spoken(made) == {("pgadmin", "db", 5432), ("phpmyadmin", "shop", 3306)}


def test_oracle_is_found_in_its_own_addresses():
    made = planned("""
        services:
          new: {image: "a:1", environment: {U: "jdbc:oracle:thin:@//oracle:1521/XEPDB1"}}
          old: {image: "a:1", environment: {U: "jdbc:oracle:thin:@oracle:1521:XE"}}
          oracle: {image: "gvenzl/oracle-xe:21"}
        """)
    assert spoken(made) == {("new", "oracle", 1521), ("old", "oracle", 1521)}
    value = made.resource("new").spec.container.environment[0].value
    assert value == ("jdbc:oracle:thin:@//", Ref("oracle", "host"), ":1521/XEPDB1")


def test_seeds_are_hosts():
    text = "services: {t: {image: 't:1', environment: {DB_SEEDS: db}}, db: {image: 'postgres:17'}}"
    assert planned(text).resource("t").spec.container.environment[0].value == (Ref("db", "host"),)


def test_a_check_that_opens_a_connection_names_the_port():
    made = planned("""
        services:
          web: {image: "acme/web:1", healthcheck: {test: "exec 3<>/dev/tcp/127.0.0.1/9000"}}
          proxy: {image: "acme/proxy:1", depends_on: [web]}
        """)
    assert spoken(made) == {("proxy", "web", 9000)}


# ---- what a service is --------------------------------------------------------------------------


def test_a_store_whose_image_is_only_taken_for_its_tools_is_a_job():
    made = planned("""
        services:
          broker: {image: "apache/kafka:3.9.0"}
          topics:
            image: apache/kafka:3.9.0
            entrypoint: [/bin/sh, -c]
            command: ["/opt/kafka/bin/kafka-topics.sh --bootstrap-server broker:9092 --create --topic orders"]
          db: {image: "postgres:17", command: postgres -c max_connections=200}
          dump: {image: "postgres:17", command: "sh -c 'while true; do pg_dump -h db; sleep 86400; done'"}
          mongo: {image: "mongo:8", command: "bash -c 'mongod --replSet a & sleep 5; mongosh --eval 1; wait'"}
        """)
    assert {card.service: made.resource(card.service).name for card in made.cards} == {
        "broker": "MSK", "topics": "One-off task on Fargate", "db": "RDS for PostgreSQL",
        "dump": "ECS service on Fargate", "mongo": "DocumentDB",
    }  # fmt: skip
    assert spoken(made) == {("topics", "broker", 9094), ("dump", "db", 5432)}


# ---- sentences ----------------------------------------------------------------------------------


def why(blueprint: Blueprint, service: str) -> str:
    return next(card.why for card in blueprint.cards if card.service == service)


SHOP = """
    services:
      shop: {image: "wordpress:6", %s environment: {WORDPRESS_DB_HOST: db}}
      db: {image: "mysql:8.4"}
    """


def test_a_card_speaks_of_a_balancer_only_where_one_stands_and_of_rds_only_where_it_is():
    shown = planned(SHOP % 'ports: ["80:80"],')
    inside = planned(SHOP % "")
    alone = planned(SHOP % "", self_host=frozenset({"db"}))
    assert [why(made, "shop") for made in (shown, inside, alone)] == [
        "It stays a container behind the load balancer, with its database on RDS and its files on a shared disk.",
        "It stays a container, with its database on RDS and its files on a shared disk.",
        "It stays a container, with its files on a shared disk.",
    ]


def test_a_port_for_this_computer_alone_is_no_balancer():
    made = planned("services: {web: {image: 'acme/web:1', ports: ['127.0.0.1:3000:3000']}}")
    assert why(made, "web") == "Your image, on the landlord’s machines. Nobody outside reaches it."


def test_what_you_keep_yourself_is_not_looked_after_by_the_landlord():
    made = planned("services: {db: {image: 'postgres:17'}}", self_host=frozenset({"db"}))
    assert why(made, "db") == "You keep it as a container: patches, backups and its disk are yours to look after."


def test_a_zookeeper_that_is_still_needed_does_not_say_that_msk_does_its_work():
    made = planned("services: {zoo: {image: 'zookeeper:3.9'}}")
    assert why(made, "zoo") == "What it goes with stays a container here, and so does this."


# ---- machines -----------------------------------------------------------------------------------


def test_machines_are_large_enough_for_what_runs_on_them():
    big = planned("services: {a: {image: 'a:1', privileged: true, cpus: 3, mem_limit: 10g}}")
    many = planned("services: {%s}" % ", ".join(f"s{n}: {{image: 'a:1', privileged: true}}" for n in range(5)))  # noqa: UP031
    gpus = planned("services: {a: {image: 'a:1', gpus: all}, b: {image: 'b:1', gpus: all}}")
    found = [made.resource("machines").spec for made in (big, many, gpus)]
    assert [(spec.instance_type, spec.count) for spec in found] == [
        ("m5.xlarge", 1), ("t3.medium", 3), ("g4dn.xlarge", 2),
    ]  # fmt: skip


# ---- doors --------------------------------------------------------------------------------------


def listening(blueprint: Blueprint) -> list[tuple[int, str]]:
    """What the network balancer listens to."""
    return [(one.port, one.service) for r in blueprint.resources for one in getattr(r.spec, "listeners", ())]


def test_the_port_of_a_store_stays_shut_whoever_built_the_image():
    made = planned("""
        services:
          elasticsearch:
            build: ./elasticsearch
            ports: ["9200:9200", "9300:9300"]
            healthcheck: {test: "curl http://localhost:9200"}
          game: {build: ./game, ports: ["7777:7777"]}
        """)
    assert listening(made) == [(7777, "game")]
    assert [link.target for link in made.links if link.source == "internet"] == ["game"]
    assert len(found(made, "published-database-port")) == 2


def test_a_range_of_ports_is_one_remark():
    made = planned("services: {sip: {image: 'sip:1', ports: ['10000-10009:10000-10009/udp']}}")
    assert len(listening(made)) == 10
    assert [text.split(".")[0] for text in found(made, "udp-published")] == ["sip publishes UDP port 10000-10009"]
    assert said(made, "services.sip.ports[0]")[1].startswith("A network balancer listens on 10000-10009 (UDP)")


def test_all_doors_are_counted():
    made = planned("services: {g: {image: 'g:1', ports: ['80:80', '7001:7001', '7002:7002', '7003:7003/udp']}}")
    assert [text.split(".")[0] for text in found(made, "many-published-ports")] == ["This file publishes 4 ports"]


def test_the_lowest_published_port_is_the_default_whoever_opens_it():
    made = planned("""
        services:
          site: {image: "acme/site:1", ports: ["5173:5173"]}
          pgadmin: {image: "dpage/pgadmin4:8", ports: ["5050:80"]}
        """)
    rules = made.resource("load-balancer").spec.rules
    assert [(rule.service, rule.host) for rule in rules] == [("pgadmin", ""), ("site", "site")]


def test_who_publishes_for_this_computer_alone_is_told_that_no_visitor_comes():
    text = "services: {web: {image: 'w:1', ports: ['127.0.0.1:3000:3000']}, db: {image: 'postgres:17'}%s}"
    assert len(found(planned(text % ""), "published-at-home")) == 1
    assert found(planned(text % ", front: {image: 'f:1', ports: ['80:80']}"), "published-at-home") == []


def test_only_who_answers_visitors_is_asked_for_a_health_check():
    made = planned("services: {mqtt: {image: 'eclipse-mosquitto:2', ports: ['1883:1883']}}")
    assert found(made, "no-health-check") == []


# ---- findings -----------------------------------------------------------------------------------


def test_what_is_too_large_for_fargate_is_not_said_to_run_elsewhere():
    made = planned("services: {huge: {image: 'h:1', cpus: 32, mem_limit: 200g}}")
    assert found(made, "not-on-fargate") == []
    assert found(made, "larger-than-fargate") == [
        "huge asks for more than the largest task on Fargate, which has 16 vCPU and 120 GB. The plan takes that one."
    ]
    assert (made.resource("huge").spec.container.cpu, made.resource("huge").name) == (16384, "ECS service on Fargate")


def test_a_port_that_a_text_names_is_not_unknown_and_those_who_wait_are_named_together():
    made = planned("""
        services:
          a: {image: "a:1", depends_on: [known, unknown], environment: {URL: "http://known:5001"}}
          b: {image: "b:1", depends_on: [unknown]}
          known: {image: "k:1"}
          unknown: {image: "u:1"}
        """)
    assert found(made, "port-unknown") == [
        "Nothing in the file says on which port unknown listens, so the plan lets nobody call it. "
        "Waiting for it: a and b."
    ]


def test_the_word_with_the_secret_is_named_and_no_other():
    made = planned("""
        services:
          proxy:
            image: acme/proxy:1
            command:
              - --provider=oidc
              - --client-secret=6b1e0f8b2d4c
        """)
    assert [said(made, f"services.proxy.command[{n}]")[0] for n in (0, 1)] == ["translated", "needs_you"]


def test_localhost_in_what_browsers_are_told_is_another_mistake():
    made = planned("""
        services:
          web:
            image: w:1
            environment: {VITE_API_URL: "http://localhost:8000", ALLOWED_HOSTS: localhost, API_HOST: localhost}
        """)
    assert [text.split()[0] for text in found(made, "localhost-for-visitors")] == ["VITE_API_URL", "ALLOWED_HOSTS"]
    assert [text.split()[0] for text in found(made, "localhost-in-env")] == ["API_HOST"]


def test_a_variable_is_asked_for_only_where_something_on_aws_is_told():
    made = planned("""
        services:
          web: {image: "w:${TAG}", environment: {A: "${A}", B: }}
          db: {image: "postgres:17", environment: {POSTGRES_PASSWORD: "${PASSWORD}"}}
        """)
    assert [text.split()[0] for text in found(made, "variable-unset")] == ["TAG", "A"]
    assert [text.split()[0] for text in found(made, "variable-not-needed")] == ["PASSWORD"]


def test_a_server_for_developing_is_found():
    commands = {
        "python manage.py runserver 0.0.0.0:8000": "manage.py runserver", "uvicorn main:app --reload": "--reload",
        "npm run start:dev": "npm run start:dev", "npx vite --host": "vite", "npx vite build": "",
        "gunicorn shop.wsgi --reload-engine=poll": "", "node dist/main.js": "",
    }  # fmt: skip
    for command, what in commands.items():
        remarks = found(planned(f"services: {{web: {{build: ., command: '{command}'}}}}"), "development-server")
        assert remarks == ([f"web is started with {what}, which is made for developing: it is slow, and shows its "
                            "insides when something goes wrong."] if what else []), command  # fmt: skip


def test_a_job_knows_no_service_by_its_name():
    made = planned("""
        services:
          seed: {build: ., restart: "no", command: "seed --api http://web:8000", depends_on: [db]}
          web: {build: ., ports: ["8000:8000"]}
          db: {image: "postgres:17"}
        """)
    assert spoken(made) >= {("seed", "web", 8000), ("seed", "db", 5432)}
    assert [text.split(".")[0] for text in found(made, "job-calls-by-name")] == ["seed calls web by name"]


def test_a_cache_in_cluster_mode_that_carries_jobs_is_a_danger():
    text = """
        services:
          worker: {image: "w:1", command: "celery -A shop worker", environment: {BROKER_URL: "redis://cache:6379"}}
          cache: {image: "%s"}
        """
    for image in ("bitnami/redis-cluster:7.2", 'redis:7", command: "redis-server --cluster-enabled yes'):
        assert len(found(planned(text % image), "cluster-cache-broker")) == 1, image
    assert found(planned(text % "redis:7"), "cluster-cache-broker") == []


def test_sa_and_the_password_of_a_broker_are_remarked_upon():
    made = planned("services: {db: {image: 'mssql/server:2022-latest'}, mq: {image: 'rabbitmq:4'}}")
    assert len(found(made, "no-sa-on-rds")) == len(found(made, "broker-password-in-state")) == 1


def test_java_with_a_heap_needs_no_reminder():
    text = "services: {l: {image: 'logstash:8.13.4', environment: {LS_JAVA_OPTS: '%s'}}}"
    assert len(found(planned(text % "-server"), "no-memory-limit-big-jvm")) == 1
    assert found(planned(text % "-Xms256m -Xmx256m"), "no-memory-limit-big-jvm") == []


# ---- mounts -------------------------------------------------------------------------------------


def kept(blueprint: Blueprint) -> set[str]:
    """What is on a file system."""
    return {resource.spec.volume for resource in blueprint.resources if resource.type == "aws_efs_file_system"}


def test_the_clock_of_the_machine_is_no_danger():
    made = planned("services: {a: {image: 'a:1', volumes: ['/etc/localtime:/etc/localtime:ro']}}")
    assert said(made, "services.a.volumes[0]") == (
        "not_needed", "The clock of a task shows UTC. Where the hour matters, set TZ.",
    )  # fmt: skip
    assert not kept(made)
    assert not found(made, "host-path")


def test_a_look_into_the_machine_is_refused_where_there_is_none():
    made = planned("""
        services:
          fargate: {image: "a:1", volumes: ["/proc:/host/proc:ro"]}
          machine: {image: "a:1", privileged: true, volumes: ["/lib/modules:/lib/modules"]}
        """)
    assert said(made, "services.fargate.volumes[0]")[0] == "not_possible"
    assert said(made, "services.machine.volumes[0]")[0] == "needs_you"
    assert len(found(made, "host-path")) == 1


def test_a_folder_that_is_handed_in_to_be_read_belongs_into_the_image():
    made = planned("""
        services:
          logstash: {image: "logstash:8.13.4", volumes: ["./pipeline:/usr/share/logstash/pipeline:ro"]}
          api: {build: ., volumes: ["./pictures:/pictures"]}
          web: {image: "nginx:1.27", volumes: ["./pictures:/usr/share/nginx/html/pictures:ro"]}
          films: {image: "jellyfin/jellyfin:10", volumes: ["/mnt/films:/films:ro"]}
        """)
    assert said(made, "services.logstash.volumes[0]")[0] == "needs_you"
    assert kept(made) == {"./pictures", "/mnt/films"}


def test_code_over_an_image_of_somebody_else_needs_an_image_of_your_own():
    made = planned("""
        services:
          built: {build: ., volumes: [".:/app"]}
          bare: {image: "node:22", volumes: [".:/app"]}
          flow: {image: "mailserver/docker-mailserver:13", volumes: ["./config/:/tmp/docker-mailserver/"]}
        """)
    assert [said(made, f"services.{name}.volumes[0]")[0] for name in ("built", "bare", "flow")] == [
        "not_needed", "needs_you", "needs_you",
    ]  # fmt: skip
    assert len(found(made, "bind-mounted-source")) == 2
    assert len(found(made, "config-file-bind")) == 1


def test_what_nobody_can_see_is_kept_and_not_called_data():
    made = planned("services: {a: {image: 'a:1', volumes: ['/opt/things:/config', './data:/data']}}")
    assert kept(made) == {"/opt/things", "./data"}
    assert "nobody can see" in said(made, "services.a.volumes[0]")[1]
    assert "looks like data" in said(made, "services.a.volumes[1]")[1]
    assert len(found(made, "bind-mount-unknown")) == 1


def test_what_is_said_to_be_not_external_is_made_here():
    made = planned("services: {a: {image: 'a:1', networks: [n]}}\nnetworks: {n: {external: false}}")
    assert said(made, "networks.n.external")[0] == "not_needed"


def test_names_with_dots_are_accounted_for_like_others():
    made = planned(
        "services: {db.local: {image: 'postgres:17', restart: always, volumes: ['x.y:/data']}}\nvolumes: {x.y: }"
    )
    assert said(made, 'services["db.local"].restart') == ("not_needed", "RDS for PostgreSQL takes care of this itself.")
    assert said(made, 'volumes["x.y"]')[0] == "translated"


# ---- the machine below --------------------------------------------------------------------------


def test_what_the_task_definition_can_say_to_the_machine_it_says():
    made = planned("""
        services:
          a:
            image: a:1
            sysctls: [net.core.somaxconn=1024, kernel.domainname=x]
            devices: ["/dev/ttyUSB0:/dev/tty0:rwm", "/dev/fuse"]
            pid: host
            ipc: host
            network_mode: host
          b: {image: "b:1", sysctls: {net.ipv4.tcp_syncookies: 0}}
        """)
    box = made.resource("a").spec.container
    assert box.controls == (("net.core.somaxconn", "1024"), ("kernel.domainname", "x"))
    assert box.devices == (("/dev/ttyUSB0", "/dev/tty0"), ("/dev/fuse", "/dev/fuse"))
    assert (box.host_pid, box.host_ipc) == (True, True)
    assert said(made, "services.a.network_mode")[0] == "needs_you"
    assert made.resource("b").spec.container.launch == "fargate"
    assert said(made, 'services.b.sysctls["net.ipv4.tcp_syncookies"]')[0] == "translated"


# ---- the .env box -------------------------------------------------------------------------------

BOXED = """
    services:
      api: {image: "a:1", env_file: %s, environment: {LEVEL: info}}
      db: {image: "postgres:17"}
    """
ENV = "LEVEL=debug\nDATABASE_URL=postgres://u:hunter2@db/shop\nCOMPOSE_PROFILES=x\n"


def boxed(files: str, env: str = ENV) -> Blueprint:
    return plan(read(dedent(BOXED % files), env), Choices(), values(env))


def test_the_env_box_stands_for_the_env_file():
    for files in (".env", "./config/api.env", "[.env, other.env]", "[{path: .env, required: false}]"):
        made = boxed(files)
        box = made.resource("api").spec.container
        assert [(one.name, one.value) for one in box.environment] == [("LEVEL", ("info",))], files
        assert [one.name for one in box.secrets] == ["DATABASE_URL"], files
        assert ("api", "db", 5432) in spoken(made), files
        assert len(found(made, "env-file-not-supplied")) == ("other" in files), files
        status = {one.path: one.status for one in made.accounts if "env_file" in one.path}
        assert [*status.values()][: 1 if "other" in files else 2] == ["translated"] * (2 if "path" in files else 1), (
            files
        )


def test_two_env_files_of_which_none_is_dot_env_are_not_guessed_at():
    made = boxed("[a.env, b.env]")
    assert not made.resource("api").spec.container.secrets
    assert len(found(made, "env-file-not-supplied")) == 2


def test_what_the_env_box_holds_is_not_called_a_password_in_the_file():
    made = boxed(".env")
    assert found(made, "hard-coded-password") == []
    text = "services: {a: {image: 'a:1', environment: {DB_PASSWORD: '${P%s}', URL: 'redis://:${P%s}@x.example'}}}"
    assert found(planned(text % ("", ""), env="P=hunter2"), "hard-coded-password") == []
    assert len(found(planned(text % (":-hunter2", ":-hunter2")), "hard-coded-password")) == 2


def test_a_thousand_services_do_not_each_take_a_thousand_variables():
    services = "".join(f"  s{n}: {{image: 'a:1', env_file: .env}}\n" for n in range(1000))
    env = "".join(f"V{n}=1\n" for n in range(1000))
    file = read(f"services:\n{services}", env)
    assert sum(len(service.environment) for service in file.services.values()) == LIMITS.given


# ---- logins -------------------------------------------------------------------------------------


def test_a_broker_is_called_by_the_user_that_it_knows():
    made = planned("""
        services:
          api: {image: "a:1", environment: {BROKER_URL: "amqp://guest:hunter2@mq:5672//", MQ_HOST: mq}}
          mq: {image: "rabbitmq:4"}
        """)
    secrets = next(r.spec for r in made.resources if isinstance(r.spec, Secrets)).secrets
    assert secrets[0].value == (
        "amqps://app:", Hidden("broker_url_password"), "@", Ref("mq", "host"), ":5671//",
    )  # fmt: skip
    assert made.resource("mq").spec.user == "app"
    assert said(made, "services.api.environment.MQ_HOST")[1].endswith("tell your client so, and log in as app.")


def test_s3_needs_no_key_of_minio():
    made = planned("""
        services:
          api:
            image: a:1
            environment: {S3_SECRET_KEY: minio123, S3_ACCESS_KEY: minio, DB_PASSWORD: minio123, S3_BUCKET: x}
          store: {image: minio/minio, environment: {MINIO_ROOT_USER: minio, MINIO_ROOT_PASSWORD: minio123}}
        """)
    status = {one.path.rpartition(".")[2]: one.status for one in made.accounts if ".api.env" in one.path}
    assert status == {
        "S3_SECRET_KEY": "needs_you", "S3_ACCESS_KEY": "needs_you", "DB_PASSWORD": "translated",
        "S3_BUCKET": "translated",
    }  # fmt: skip


def test_a_name_that_becomes_an_address_of_postgres_says_that_tls_is_asked_for():
    made = planned("services: {a: {image: 'a:1', environment: {DB_HOST: db}}, db: {image: 'postgres:17'}}")
    status, message = said(made, "services.a.environment.DB_HOST")
    assert (status, message.endswith("Node’s pg has to be told.")) == ("translated", True)


# ---- sizes and data -----------------------------------------------------------------------------


def test_a_task_has_room_for_the_heap_that_it_is_told_to_take():
    text = "services: {e: {build: ., %s environment: {JAVA_OPTS: '-Xms512m -Xmx2g'}}}"
    assert planned(text % "").resource("e").spec.container.memory == 3072
    assert planned(text % "mem_limit: 1g,").resource("e").spec.container.memory == 1024


def test_what_is_mounted_where_an_image_keeps_its_data_is_data():
    made = planned("services: {vpn: {image: 'linuxserver/wireguard:1', volumes: ['./wg:/config']}}")
    assert kept(made) == {"./wg"}
    assert "looks like data" in said(made, "services.vpn.volumes[0]")[1]


def test_php_that_is_built_is_called_over_fastcgi_where_nothing_else_is_said():
    text = "services: {web: {image: 'nginx:1.27', depends_on: [app]}, app: {build: {context: ., dockerfile: %s}%s}}"
    assert spoken(planned(text % ("docker/php/Dockerfile", ""))) == {("web", "app", 9000)}
    assert spoken(planned(text % ("docker/php/Dockerfile", ", expose: ['8080']"))) == {("web", "app", 8080)}
    assert spoken(planned(text % ("docker/graphpaper/Dockerfile", ""))) == set()
