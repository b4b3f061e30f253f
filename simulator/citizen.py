"""The people who write to the accounts."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """A WeChat user. `openid` looks like the platform's (28 characters, starting with `o`)."""

    openid: str
    nickname: str

    @property
    def initial(self) -> str:
        """The character drawn on the avatar."""
        return self.nickname.lstrip("小老")[:1] or self.nickname[:1]


SAMPLE_CITIZENS = (
    Citizen(openid="oHY_wang-ayi-0000000000000001", nickname="王阿姨"),
    Citizen(openid="oHY_li-shifu-0000000000000002", nickname="李师傅"),
    Citizen(openid="oHY_xiaochen-0000000000000003", nickname="小陈"),
    Citizen(openid="oHY_zhaodaye-0000000000000004", nickname="赵大爷"),
)
