"""One WeChat official account in the configuration: its identity, its keys, what it may do."""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from bot.config_part import Part, web_address

WECHAT_API = "https://api.weixin.qq.com"


class NoticeSettings(Part):
    """The notice for texts that cannot be pushed any more (verified service accounts).

    `fields` names what stands in each field of the template, e.g. thing2 = "department".
    """

    way: Literal["template", "subscription"] = "template"
    template: str = Field(min_length=1)
    fields: dict[str, Literal["number", "department", "what", "time", "hint"]] = Field(min_length=1)


class AccountSettings(Part):
    """One WeChat official account, served at /wechat/<its name>."""

    title: str = Field(default="", max_length=30)
    """What staff call it in filters, reports and the ledger."""
    appid: str = Field(min_length=1)
    secret: str = ""
    token: str = Field(min_length=1)
    mode: Literal["safe", "compatible", "plain"] = "safe"
    aes_key: str = ""
    previous_aes_key: str = ""
    previous_token: str = ""
    kind: Literal["service", "subscription"] = "service"
    verified: bool = True
    api_base: Annotated[str, AfterValidator(web_address)] = WECHAT_API
    notice: NoticeSettings | None = None

    @field_validator("title")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        return " ".join(value.split())

    @field_validator("appid", "secret", "token", "previous_token")
    @classmethod
    def _has_no_space_around(cls, value: str) -> str:
        if value != value.strip():
            raise ValueError("has a space or line end around it: copy it again without")
        return value

    @field_validator("aes_key", "previous_aes_key")
    @classmethod
    def _is_an_encoding_aes_key(cls, value: str) -> str:
        if not value:
            return value
        try:
            good = len(value) == 43 and len(base64.b64decode(value + "=", validate=True)) == 32
        except binascii.Error:
            good = False
        if not good:
            given = f"{len(value)} characters are given"
            raise ValueError(f"must be the EncodingAESKey: 43 letters and digits; {given}")
        return value

    @model_validator(mode="after")
    def _encryption_has_a_key(self) -> "AccountSettings":
        if self.mode != "plain" and not self.aes_key:
            raise ValueError(f'aes_key is needed when mode is "{self.mode}"')
        return self

    @model_validator(mode="after")
    def _only_verified_service_accounts_notify(self) -> "AccountSettings":
        if self.notice and not (self.verified and self.kind == "service"):
            raise ValueError("notice is for verified service accounts only; remove it")
        return self


def titles_of(accounts: Mapping[str, AccountSettings]) -> dict[str, str]:
    """What staff call each account: its title, else words that no key is needed for.

    Only where several have no title does the key tell them apart.
    """
    nameless = [name for name, each in accounts.items() if not each.title]
    return {
        name: each.title or ("微信公众号" if len(nameless) == 1 else f"微信公众号 {name}")
        for name, each in accounts.items()
    }
