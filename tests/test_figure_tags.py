"""What drawings cite comes from the price sheet and the facts."""

import pytest
from django.template import Context, Template


def rendered(source: str) -> str:
    return Template(source).render(Context())


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ('{% sum "capstone-nat" %}', "$116.43"),
        ('{% price "alb.hour" %}', "$0.0225"),
        ('{% price "alb.hour" "month" %}', "$16.43"),
        ('{% price "alb.hour" "month" "eu_west_2" %}', "$19.32"),
        ('{% fact "aws.regions" %}', "more than 30 regions"),
    ],
)
def test_a_figure_is_printed_as_a_text_prints_it(source, printed):
    assert rendered(source) == printed


def test_a_bill_has_its_lines_with_their_shares():
    line = "{{ line.text }} {{ line.usd }} {{ line.share }} {{ line.home }}; "
    loop = f'{{% bill "ec2-compose" as lines %}}{{% for line in lines %}}{line}{{% endfor %}}'
    assert rendered(loop) == (
        "t4g.small Linux on-demand $12.26 67 empty; 30 GB disk $2.40 13 empty; public address $3.65 20 None; "
    )


@pytest.mark.parametrize("source", ['{% sum "none" %}', '{% price "none" %}', '{% fact "none" %}', '{% bill "none" %}'])
def test_what_is_not_there_is_not_drawn(source):
    with pytest.raises(KeyError):
        rendered(source)


def test_a_course_without_prices_draws_none(serve):
    serve()
    with pytest.raises(KeyError, match=r"this course has no prices\.toml"):
        rendered('{% sum "capstone-nat" %}')
