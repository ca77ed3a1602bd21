"""The only reader of the environment: `STEWARD_*` variables and a `.env` file, checked once at start."""

import functools
import re
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant_app.errors import InvalidInputError


class Settings(BaseSettings):
    """What can be set; the README's table has one row per field."""

    model_config = SettingsConfigDict(env_prefix="STEWARD_", env_file=".env", extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 for all.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    public_url: str = Field(
        default="", description="Address people use, if a proxy stands in front, e.g. https://steward.example.org."
    )
    host_names: str = Field(
        default="", description="Further host names people use, separated by commas, e.g. steward.lan."
    )
    trusted_proxy_hops: int = Field(
        default=0, ge=0, le=10, description="How many proxies in front set X-Forwarded-For."
    )
    data: Path = Field(default=Path(".steward"), description="Folder for the database, keys and files.")
    database_url: str = Field(
        default="", description="postgresql://user:password@host/name; empty for SQLite in the data folder."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level of log lines."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Form of log lines.")
    zone: str = Field(default="UTC", description="Time zone of new accounts, an IANA name such as Europe/Rome.")
    session_days: int = Field(default=30, ge=1, le=365, description="Days after which a device signs in again.")
    most_cost_per_answer: float = Field(
        default=1.0, gt=0, description="US dollars after which an answer that calls tools again and again is stopped."
    )
    prompt_seconds: float = Field(
        default=300.0, gt=0, le=3600, description="Seconds after which a scheduled prompt is stopped."
    )
    job_seconds: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds after which any other scheduled job is stopped."
    )
    default_model: str = Field(default="", description="Model of new accounts; empty to choose by what is there.")
    together_api_key: SecretStr = Field(default=SecretStr(""), description="Together AI key, for all users.")
    anthropic_api_key: SecretStr = Field(default=SecretStr(""), description="Anthropic key, for all users.")
    openai_api_key: SecretStr = Field(default=SecretStr(""), description="OpenAI key, for all users.")
    gemini_api_key: SecretStr = Field(default=SecretStr(""), description="Google Gemini key, for all users.")
    mistral_api_key: SecretStr = Field(default=SecretStr(""), description="Mistral key, for all users.")
    groq_api_key: SecretStr = Field(default=SecretStr(""), description="Groq key, for all users.")
    openrouter_api_key: SecretStr = Field(default=SecretStr(""), description="OpenRouter key, for all users.")
    deepseek_api_key: SecretStr = Field(default=SecretStr(""), description="DeepSeek key, for all users.")
    ollama_url: str = Field(default="", description="Ollama server for all users, e.g. http://127.0.0.1:11434.")
    openai_compatible_url: str = Field(
        default="", description="OpenAI-compatible server for all users, e.g. http://127.0.0.1:8080/v1."
    )
    openai_compatible_key: SecretStr = Field(default=SecretStr(""), description="Key of that server, if it wants one.")

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be an IANA time zone such as Europe/Rome or UTC")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite")):
            raise ValueError("must start with postgresql://, or be empty for SQLite")
        return value.replace("postgres://", "postgresql://", 1)

    @field_validator("public_url", "ollama_url", "openai_compatible_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        if "@" in value:
            raise ValueError("must not hold a name or password; everybody can see the address")
        return value.rstrip("/")

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'steward.db'}"

    @property
    def origins(self) -> tuple[str, ...]:
        """Every origin under which a page may be opened, exactly as a browser sends it."""
        names = ["127.0.0.1", "localhost", *(name.strip() for name in self.host_names.split(",") if name.strip())]
        if self.host not in ("0.0.0.0", "::", *names):  # noqa: S104 - compared, not bound
            names.append(self.host)
        suffix = "" if self.port == 80 else f":{self.port}"
        return tuple(dict.fromkeys([*filter(None, [self.public_url]), *(f"http://{name}{suffix}" for name in names)]))

    @property
    def is_https(self) -> bool:
        """Whether people come in by HTTPS, so that cookies can insist on it."""
        return self.public_url.startswith("https://")


@functools.cache
def get_settings() -> Settings:
    """Read the settings once. A wrong value raises InvalidInputError with each name and what is allowed."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"  STEWARD_{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')} "
            f"(it is {_without_password(each['input'])!r})"
            for each in error.errors()
        ]
        raise InvalidInputError("Some settings cannot be used:\n" + "\n".join(lines)) from None


def _without_password(value: object) -> str:
    return re.sub(r":[^:/@]+@", ":...@", str(value))
