"""One app behind one balancer: in a container and in a function."""

import os

from fastapi import APIRouter, FastAPI
from mangum import Mangum

PREFIX = os.environ.get("PREFIX", "")  # "/fargate" or "/lambda"
api = APIRouter(prefix=PREFIX)


@api.get("/health")
def health() -> dict[str, str]:
    return {"compute": PREFIX.strip("/") or "laptop"}


app = FastAPI()
app.include_router(api)
handler = Mangum(app, lifespan="off")
