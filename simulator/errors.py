"""What the platform's API refuses, in its own numbers and words."""

ERRORS = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40004: "invalid media type",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid appid",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40023: "invalid sub button size",
    40035: "invalid parameter",
    40037: "invalid template_id",
    40097: "invalid args",
    40125: "invalid appsecret",
    40164: "invalid ip, not in whitelist",
    40243: "appsecret is frozen",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41005: "media data missing",
    42001: "access_token expired",
    43002: "require POST method",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45008: "article size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    45072: "command is not in the command list",
    46003: "menu no exist",
    47001: "data format error",
    48001: "api unauthorized",
    48006: "forbid to clear quota because of reaching the limit",
    61500: "date format error",
    61501: "date range error",
    76021: "cgi_path not found, please check",
    88000: "without comment privilege",
    88001: "msg_data is not exists",
    88002: "the article is limit for safety",
    88003: "elect comment upper limit",
    88004: "comment was deleted by user",
    88005: "already reply",
    88007: "reply content beyond max len or content len is zero",
    88008: "comment is not exists",
    88009: "reply is not exists",
    88010: "count range error. cout <= 0 or count > 50",
}


class PlatformError(Exception):
    """The platform answered with an errcode (WeChat: 全局返回码)."""

    def __init__(self, errcode: int, hint: str = "", words: str = "") -> None:
        message = words or ERRORS.get(errcode, "system error")
        super().__init__(f"{errcode} {message}{f' ({hint})' if hint else ''}")
        self.errcode = errcode
        self.errmsg = f"{message} hint: [{hint}]" if hint else message


class NotSubscribed(Exception):
    """A citizen who does not follow the account cannot write to it."""
