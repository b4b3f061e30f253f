"""Events: what a citizen does without writing (WeChat document 接收事件推送)."""

from handlers import texts
from handlers.settlement import Outcome, Settlement
from handlers.turn import Turn

WELCOMED = {
    "subscribe": texts.general.WELCOME,
    "subscribe_scan": texts.general.WELCOME,
    "scan": texts.general.WELCOME_BACK,
}
MENU_WORDS = {
    "HELP": "帮助",
    "MY_CASES": "查询",
    "HUMAN": "人工",
}  # a menu button's key, and what tapping it says; any other key is said as it stands


def respond(turn: Turn) -> Settlement:
    """A welcome where one is due; every other event is deliberately ignored."""
    reply = WELCOMED.get(turn.message.event, "")
    outcome = Outcome.COMMANDED if reply else Outcome.IGNORED
    return turn.settle(outcome, reply, question="")


def words_of_tap(key: str) -> str:
    """What a citizen says by tapping a menu button; "" when the key is not made of words."""
    if key in MENU_WORDS:
        return MENU_WORDS[key]
    return key if any("\u4e00" <= character <= "\u9fff" for character in key) else "帮助"
