"""Arithmetic that an author writes into a question: 730 * price('alb.hour') * tasks. Exact decimals, nothing else."""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException

PUT_IN = re.compile(r"\{=([^{}]+)\}")
MOST_POWER = 12
LONGEST = 300  # characters of a formula
MATHS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
Price = Callable[..., Decimal]  # ('alb.hour') or ('alb.hour', 'eu_west_2') -> US dollars a unit; raises LookupError


class FormulaError(ValueError):
    """A formula that cannot be worked out; says why."""


def no_prices(*words: str) -> Decimal:
    """For a course without a price sheet."""
    raise LookupError("there is no prices.toml")


def evaluate(text: str, names: Mapping[str, Decimal], price: Price = no_prices) -> Decimal:
    """What `text` comes to; raises FormulaError.

    It may use + - * / ** and brackets, the `names`, round(x, digits), ceil(x), floor(x), min, max and
    price('id'), price('id', 'eu_west_2').
    """
    if len(text) > LONGEST:
        raise FormulaError(f"a formula has at most {LONGEST} characters")
    try:
        return _value(ast.parse(text.strip(), mode="eval").body, names, price)
    except FormulaError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(f"{text} is no formula") from None
    except (DecimalException, ArithmeticError):
        raise FormulaError(f"{text} cannot be worked out") from None
    except LookupError as error:
        raise FormulaError(str(error.args[0]) if error.args else "no such price") from None


def fill(text: str, names: Mapping[str, Decimal], price: Price = no_prices) -> str:
    """`text` with {=formula} worked out and printed as people write numbers; raises FormulaError."""
    return PUT_IN.sub(lambda found: shown(evaluate(found[1], names, price)), text)


def shown(number: Decimal) -> str:
    """A number with commas, without needless zeros: 182,507 or 16.43 or 0.0225; two decimals from one up."""
    if number == number.to_integral_value():
        return f"{number:,.0f}"
    if abs(number) >= 1:
        return f"{number.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return f"{round(number, 3 - number.adjusted()).normalize():f}"


def _value(node: ast.expr, names: Mapping[str, Decimal], price: Price) -> Decimal:
    match node:
        case ast.Constant() | ast.Name():
            return _atom(node, names)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, names, price)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left, names, price), _value(right, names, price))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in MATHS:
            return MATHS[type(op)](_value(left, names, price), _value(right, names, price))
        case ast.Call(func=ast.Name(id="price"), args=words, keywords=[]):
            return price(*map(_word, words))
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if given:
            return _call(name, [_value(one, names, price) for one in given])
        case _:
            raise FormulaError(f"{ast.unparse(node)} has no place in a formula")


def _atom(node: ast.Constant | ast.Name, names: Mapping[str, Decimal]) -> Decimal:
    if isinstance(node, ast.Name):
        if node.id not in names:
            raise FormulaError(f"{node.id} is not among vary")
        return names[node.id]
    if isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return Decimal(str(node.value))
    raise FormulaError("a formula holds numbers")


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise FormulaError("price takes an id in quotes")


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if exponent != exponent.to_integral_value() or abs(exponent) > MOST_POWER:
        raise FormulaError(f"a power is a whole number up to {MOST_POWER}")
    return base ** int(exponent)


def _call(name: str, given: list[Decimal]) -> Decimal:
    match name, given:
        case "round", [number]:
            return number.quantize(Decimal(1), ROUND_HALF_UP)
        case "round", [number, digits] if 0 <= digits <= MOST_POWER:
            return number.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
        case "ceil", [number]:
            return number.to_integral_value(ROUND_CEILING)
        case "floor", [number]:
            return number.to_integral_value(ROUND_FLOOR)
        case "min", _:
            return min(given)
        case "max", _:
            return max(given)
    raise FormulaError(f"{name} is not among round, ceil, floor, min, max and price")
