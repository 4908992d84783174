"""A payment webhook as a Lambda function. Its handler setting: lambda_function.handler"""

import base64
import json

calls = 0  # this line runs once for each environment, not once for each call


def handler(event, context):
    """Lambda calls this with the event as a dictionary, and sends back what it returns."""
    global calls
    calls += 1
    try:
        payment = json.loads(read_body(event))
    except ValueError:
        return answer(400, {"error": "send JSON"})
    if not isinstance(payment, dict):
        return answer(400, {"error": "send a JSON object"})
    return answer(200, {"received": payment.get("type", "nothing"), "calls_here": calls})


def read_body(event):
    """The body as text: it may be absent, null, or wrapped in base64."""
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body, validate=True).decode()
    return body or "{}"


def answer(status, content):
    """What API Gateway turns into an HTTP response."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(content),
    }
