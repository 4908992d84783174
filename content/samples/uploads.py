"""Uploads past the API: it signs, the browser posts to S3, it looks."""

from typing import Annotated
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from fastapi import APIRouter, Body, Depends, HTTPException

from app.settings import settings

ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
MAX_BYTES = 5 * 1024 * 1024

router = APIRouter(prefix="/uploads")
config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
s3 = boto3.client("s3", region_name=settings.aws_region, config=config)


def user_id() -> int:
    """Your login goes here; until then nobody gets in."""
    raise HTTPException(401)


User = Annotated[int, Depends(user_id)]
Text = Annotated[str, Body(embed=True)]


@router.post("", status_code=201)
def sign(content_type: Text, user: User) -> dict[str, object]:
    """A form for one file: our key, and S3 checks type, size, time."""
    if content_type not in ENDINGS:
        raise HTTPException(415, "PNG or JPEG, please.")
    key = f"uploads/user-{user}/{uuid4()}.{ENDINGS[content_type]}"
    form = s3.generate_presigned_post(
        settings.uploads_bucket,
        key,
        Fields={"Content-Type": content_type},
        Conditions=[
            {"Content-Type": content_type},
            ["content-length-range", 1, MAX_BYTES],
        ],
        ExpiresIn=300,
    )
    return {"key": key, **form}


@router.post("/done")
def verify(key: Text, user: User) -> dict[str, object]:
    """Ask S3, not the client, before the key goes into Postgres."""
    if not key.startswith(f"uploads/user-{user}/"):
        raise HTTPException(403, "That key is not yours.")
    try:
        found = s3.head_object(Bucket=settings.uploads_bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"403", "404"}:
            raise
        raise HTTPException(409, "Nothing has arrived.") from error
    return {"key": key, "bytes": found["ContentLength"]}
