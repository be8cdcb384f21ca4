"""Typed settings, from the environment or a `.env` file. Names are fixed in docs/settings.md."""

import os
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "FINDER_"
TOP = Path(__file__).resolve().parent.parent
BUNDLED = Path(__file__).resolve().parent / "_bundled"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class UnknownSetting(Exception):
    """The environment has a FINDER_ name that is no setting: most likely a typing slip."""


def shipped(name: str) -> Path:
    """Where a shipped file or folder is: in the wheel, else at the top of the checkout."""
    bundled = BUNDLED / name
    return bundled if bundled.exists() else TOP / name


class Settings(BaseSettings):
    """Everything an operator may set. An unknown FINDER_ name is refused."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = TOP / "data"
    database_url: SecretStr = SecretStr("")
    database_replica_url: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")
    base_url: str = "http://127.0.0.1:8000"
    hosts: str = ""
    mail_url: SecretStr = SecretStr("")
    tiles_url: str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    tiles_attribution: str = "© OpenStreetMap contributors"
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    limits_url: SecretStr = SecretStr("memory://")
    geocoders: str = ""
    bind: str = "127.0.0.1:8000"
    workers: int = Field(default=2, ge=1, le=512)
    metrics_public: bool = False

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, values: object) -> object:
        known = {PREFIX + name.upper() for name in cls.model_fields}
        unknown = sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
        if unknown:
            raise UnknownSetting(f"Unknown setting {unknown[0]}. See docs/settings.md.")
        return values

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> "Settings":
        if not self.is_production:
            return self
        if not self.base_url.startswith("https://"):
            raise ValueError("FINDER_BASE_URL must begin with https:// on a public site.")
        if len(self.secret_key.get_secret_value()) < 32:
            raise ValueError("FINDER_SECRET_KEY needs 32 or more characters on a public site.")
        return self

    @cached_property
    def is_production(self) -> bool:
        """A site whose address is not this machine's own."""
        return urlsplit(self.base_url).hostname not in LOOPBACK

    @cached_property
    def site_address(self) -> str:
        """The base address without a slash at its end, so that a path can follow."""
        return self.base_url.rstrip("/")

    @property
    def other_hosts(self) -> tuple[str, ...]:
        """Host names of the site besides the one in its base address."""
        return tuple(name.strip() for name in self.hosts.split(",") if name.strip())

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over HTTPS."""
        return self.base_url.startswith("https://")

    @property
    def database(self) -> str:
        """The database's address, with its password."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'finder.db'}"

    @property
    def geocoder_names(self) -> tuple[str, ...]:
        """geopy services to ask after the offline index, in order."""
        return tuple(name.strip() for name in self.geocoders.split(",") if name.strip())
