"""What a student types, and the place of the course that has to come first."""

import pytest
from django.conf import settings

from lecture.course.load import course
from lecture.course.pieces import _services
from lecture.course.search import Index, index

PLACES = {
    "1.1": "/parts/1-the-problem/1-your-compose-file/",
    "1.2": "/parts/1-the-problem/2-three-problems/",
    "1.3": "/parts/1-the-problem/3-what-the-cloud-is/",
    "1.4": "/parts/1-the-problem/4-four-homes/",
    "2.2": "/parts/2-the-map/2-rosetta-stone/",
    "2.3": "/parts/2-the-map/3-compose-to-cloud/",
    "2.4": "/parts/2-the-map/4-only-five-things/",
    "3.1": "/parts/3-core-services/1-compute/",
    "3.2": "/parts/3-core-services/2-database/",
    "3.3": "/parts/3-core-services/3-storage/",
    "3.4": "/parts/3-core-services/4-networking/",
    "3.5": "/parts/3-core-services/5-identity/",
    "4.1": "/parts/4-real-decisions/1-responsibility/",
    "4.2": "/parts/4-real-decisions/2-managed-or-self-hosted/",
    "4.3": "/parts/4-real-decisions/3-infrastructure-as-code/",
    "5.1": "/parts/5-costs-and-serverless/1-how-billing-works/",
    "5.2": "/parts/5-costs-and-serverless/2-cost-traps/",
    "5.3": "/parts/5-costs-and-serverless/3-serverless/",
    "5.4": "/parts/5-costs-and-serverless/4-when-serverless-fits/",
    "5.5": "/parts/5-costs-and-serverless/5-where-to-deploy/",
    "containers": "/deep-dives/containers-versus-serverless/",
    "balancer": "/deep-dives/one-balancer-two-backends/",
    "twins": "/deep-dives/twin-apis/",
    "saas": "/deep-dives/a-micro-saas-decides/",
}
# a section, or a place in it; two where the course answers in two
FIRST = {
    "laptop": "1.2",
    "what is a vpc": "3.4#zones",
    "security group": "3.4#groups",
    "nat gateway cost": "3.4#outwards 5.2#what-idles",
    "presigned url": "3.3#presigned",
    "celery beat": "2.3#one-beat 2.3#exactly-one-beat",
    "terraform state": "4.3#the-state-file",
    "cold start": "5.3#cold-starts",
    "rds vs postgres": "3.2#rds 3.2#nine-jobs",
    "where does redis go": "3.2#redis 2.3#two-managed",
    "docker compose to aws": "2.3",
    "s3 bucket public": "3.3#versioning",
    "least privilege": "3.5#least-privilege",
    "who patches the os": "1.4#who-fixes-the-tap 4.1",
    "fargate vs ec2": "3.1#spectrum 5.5#decision-tree",
    "multi-az": "3.2#nine-jobs",
    "free tier": "5.1#what-free-means-now",
    "egress": "5.1#four-meters",
    "iam role": "3.5#rbac-and-iam",
    "load balancer health check": "2.3#between-the-lines 3.4#six-doors",
    "lambda vs container": "containers",
    "mangum": "containers#mangum",
    "connection pool lambda": "twins",
    "railway": "1.4#hotel-room-platform-and-serverless",
    "cloud run": "2.2",
    "clickops": "4.3#clickops 4.3#the-second-time",
    "desired state": "4.3#desired-state",
    "shared responsibility": "4.1#shared",
    "budget alarm": "5.2#before-day-one",
    "99.9% downtime": "1.2#three-nines",
    # and thirty more
    "k8s": "4.2#evolution",
    "availability zone": "1.3#data-centre",
    "vertical scaling": "1.2#ceiling",
    "private subnet": "3.4",
    "websockets": "5.4#what-does-not",
    "cors": "3.4#limits",
    "point in time restore": "3.2#nine-jobs",
    "virtual machine": "1.3#slices",
    "environment variables": "3.2#one-line",
    "leaked key github": "3.5#leaked-key",
    "task definition": "3.1#four-things",
    "hypervisor": "1.3#slices",
    "azure": "2.2",
    "how much does the capstone cost": "5.1",
    "webhook": "5.4 5.3",
    "provisioned concurrency": "5.3#cold-start",
    "app runner": "containers#app-runner",
    "docker volume": "1.1",
    "dead letter queue": "saas#queue",
    "github actions oidc": "3.5#oidc",
    "terraform plan": "4.3#two-commands",
    "sql injection": "3.4#limits",
    "what is the cloud": "1.3",
    "ssh into ec2": "3.1#ec2",
    "rds backup": "3.2#nine-jobs",
    "break even": "balancer#break-even",
    "password in git": "4.3#state 4.3#the-state-file",
    "timed out": "3.4#three-errors 2.4",
    "rollback": "3.1#push-nothing",
    "user uploads": "3.3#upload",
}


@pytest.fixture(scope="module")
def served() -> Index:
    return index()


@pytest.mark.parametrize("query", FIRST)
def test_the_right_place_comes_first(served, query):
    first = served.search(query)[0].address
    wanted = [
        PLACES[section] + hash + place for section, hash, place in (w.partition("#") for w in FIRST[query].split())
    ]
    assert any(first == place or ("#" not in place and first.startswith(place)) for place in wanted), first


def test_thirty_queries_and_more_are_asked():
    assert len(FIRST) >= 60


def test_a_definition_never_comes_before_every_section(served):
    for term in course().glossary:
        addresses = [hit.address for hit in served.search(term.name)]
        assert addresses
        if any(not address.startswith("/glossary/") for address in addresses):
            assert not addresses[0].startswith("/glossary/"), term.name


def test_what_google_and_azure_call_a_thing_leads_to_ours(served):
    assert served.search("blob storage")[0].address.startswith(PLACES["3.3"])
    assert any(hit.address.startswith(PLACES["3.4"]) for hit in served.search("VNet"))


@pytest.mark.parametrize(
    ("cell", "services"),
    [
        ("Cloud Run (service for HTTP; x); App Engine", ("Cloud Run", "App Engine")),
        ("VPC endpoint / PrivateLink", ("VPC endpoint", "PrivateLink")),
        ("Virtual Network (VNet); Elsewhere (preview)", ("Virtual Network", "Elsewhere", "VNet")),
        ("(none)", ()),
    ],
)
def test_the_services_of_a_cell(cell, services):
    assert _services(cell) == services


def test_a_course_without_a_look_up_has_none(serve):
    serve()
    assert not (settings.COURSE_CONTENT / "rosetta.toml").exists()
    assert index().search("some text")[0].address == "/parts/1-only/1-first/"
