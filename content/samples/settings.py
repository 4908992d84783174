"""Everything that differs between the laptop and the cloud."""

from pydantic import Field, PostgresDsn, RedisDsn
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Real variables first; the file fills what they leave open."""

    database_url: PostgresDsn
    redis_url: RedisDsn
    pool_size: int = Field(5, ge=1, description="for each process")
    aws_region: str = "us-east-1"
    uploads_bucket: str = ""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")


settings = Settings()
