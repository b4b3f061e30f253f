"""How reminders leave the desk: working hours, a mail server, groups' robots."""

from datetime import time
from typing import Literal

from pydantic import Field, field_validator, model_validator

from bot.config_part import Part


class EmailSettings(Part):
    """The mail server; no host means that nothing is mailed."""

    host: str = ""
    port: int = Field(default=465, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str = ""
    password: str = ""
    sender: str = ""
    timeout: float = Field(default=20, gt=0, le=120, description="seconds")

    @model_validator(mode="after")
    def _a_host_has_a_sender(self) -> "EmailSettings":
        if self.host and "@" not in self.sender:
            raise ValueError("sender is needed when host is set: the address mail comes from")
        return self


class RobotSettings(Part):
    """A group's robot (企业微信群机器人, 钉钉自定义机器人); `department` "" hears of everything."""

    kind: Literal["wecom", "dingtalk"]
    url: str
    secret: str = ""
    department: str = ""

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("must be the robot's whole webhook address, https://…")
        return value

    @model_validator(mode="after")
    def _only_dingtalk_signs(self) -> "RobotSettings":
        if self.secret and self.kind != "dingtalk":
            raise ValueError('secret is for kind "dingtalk" (加签); a WeCom robot has none')
        return self


class RemindersSettings(Part):
    """When and how staff are reminded outside the console, China time."""

    working_hours_begin: time = time(8, 30)
    working_hours_end: time = time(17, 30)
    digest_at: time = time(8, 30)
    email: EmailSettings = EmailSettings()
    robots: dict[str, RobotSettings] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _the_day_is_in_order(self) -> "RemindersSettings":
        if not self.working_hours_begin <= self.digest_at < self.working_hours_end:
            raise ValueError(
                "working_hours_begin, digest_at and working_hours_end must follow each other"
            )
        return self
