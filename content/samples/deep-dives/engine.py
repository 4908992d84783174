"""The same line in both homes. The number comes from outside."""

import os

from sqlalchemy import create_engine

engine = create_engine(
    os.environ["DATABASE_URL"],
    pool_size=int(os.environ.get("POOL_SIZE", "1")),
    max_overflow=0,
    pool_pre_ping=True,  # asks "still there?" before each use
    pool_recycle=300,  # and keeps nothing longer than five minutes
)
