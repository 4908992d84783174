"""One request crosses the bridge, and each step says what it carries."""

import json
from pathlib import Path

from mangum import Mangum

from main import app


def show(step, way, *what):
    print(f"{step}  {way:24}", *what)


async def watched(scope, receive, send):
    show(2, "Mangum -> FastAPI", scope["method"], scope["path"])

    async def listen(message):
        show(3, "FastAPI -> Mangum", message["type"])
        await send(message)

    await app(scope, receive, listen)


event = json.loads(Path(__file__).with_name("event.json").read_text())
show(1, "API Gateway -> Lambda", len(event), "keys,", event["rawPath"])
reply = Mangum(watched, lifespan="off")(event, None)
show(4, "Mangum -> API Gateway", reply["statusCode"], reply["body"])
