"""What can be set from outside: environment variables with the prefix QAWL_."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One instance of Qawl. The description of each field is the README's table of settings."""

    model_config = SettingsConfigDict(env_prefix="QAWL_", env_ignore_empty=True, frozen=True)

    data_dir: Path = Field(Path("var"), description="where the embedded servers keep their data")
    cache_dir: Path = Field(Path("var/cache"), description="where a downloaded Meilisearch program is kept")
    host: str = Field("127.0.0.1", description="address the API listens on")
    port: int = Field(8000, ge=1, le=65535, description="port the API listens on")
    cors_origins: str = Field(
        "*", description="web pages that may call the API from a browser: origins, comma-separated, or `*`"
    )

    database_url: SecretStr | None = Field(
        None, description="an external Postgres (15 or later), `postgresql://…`; unset: the embedded one"
    )
    database_pool_size: int = Field(
        20, ge=1, le=500, description="connections for reading that one API process holds at most"
    )
    exports_at_once: int = Field(
        4, ge=1, le=100, description="exports that one API process sends at the same time; each has its own connection"
    )

    rate_limit: int = Field(1200, ge=0, description="points that one address may spend in a minute; 0: any number")
    rate_limit_of_keys: int = Field(12_000, ge=0, description="points that one API key may spend in a minute; 0: any")
    rate_store: Literal["memory", "postgres"] = Field(
        "memory", description="where points are counted: each API process by itself, or all of them together"
    )
    text_access: Literal["open", "key"] = Field(
        "open", description="who may read articles whole: everybody, or API keys of the scope `read_text`"
    )
    trusted_proxies: str = Field(
        "", description="whose `X-Forwarded-For` names the caller: addresses or networks, comma-separated, or `*`"
    )

    meilisearch_url: str | None = Field(
        None, description="an external Meilisearch (1.21 or later), `http://…`; unset: the embedded one"
    )
    meilisearch_key: SecretStr | None = Field(None, description="master or admin key of the external Meilisearch")
    meilisearch_bin: Path | None = Field(None, description="the Meilisearch program to run as the embedded one")
    search_engine: Literal["auto", "meilisearch", "postgres"] = Field(
        "auto", description="`auto`: Meilisearch where there is one, else Postgres; or one of the two by name"
    )
    index_prefix: str = Field(
        "qawl", pattern=r"^[a-z0-9_]{1,40}$", description="first part of the names of the search indexes"
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="what is logged")
    log_format: Literal["console", "json"] = Field("console", description="how a log line looks")


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
