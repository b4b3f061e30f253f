"""How to reach a department or another office, as its table says."""

from collections.abc import Sequence

from cases.department import Department
from handlers.office_directory import MOST_TOLD, Office

WHICH = (
    "您要找哪个部门？把部门名称写上，比如「民政局电话」。"
    "不知道该找谁，就把事情写给我们，或者拨打 12345。"
)

NOT_LISTED = (
    "这个电话、地址我们手上没有核对过的，不敢乱说。可以拨打 12345 问，他们能帮您转接；"
    "一定要我们查，回复「人工」。"
)
NOT_LISTED_PLACE = (
    "这个地方我们手上没有核对过的地址和时间，不敢乱说。药店、银行、停车场这类地方，用手机地图搜最快；"
    "机关单位可以拨打 12345 问。一定要我们查，回复「人工」。"
)
CALL_FIRST = "出门前先打个电话问一下，免得白跑。有具体的事，也可以直接写在这里。"


def contact(department: Department, *, called: str = "") -> str:
    """Telephone, address and hours; `called` is what the citizen called the department."""
    lines = _lines(("电话", department.phone), ("地址", department.address))
    hours = _lines(("办公时间", department.hours))
    return "\n".join([_head(department, called), *lines, *hours, CALL_FIRST])


TREATED_FIRST = (
    "人很不舒服（高烧不退、抽筋、喘不上气、叫不醒、流血不止）马上拨打 120，不要等这里的回复。"
)
WHICH_WARD = "不知道挂哪个科，到医院先问导诊台；晚上和节假日去急诊。这里不能看病，请听医生的。"
NO_HOSPITAL = "附近的医院，用手机地图搜「医院」最快，也可以拨打 12345 问。"


def hospitals(found: Sequence[Office]) -> str:
    """Whom to call first, then where the hospitals are."""
    listed = "\n\n".join(map(_office, found[:MOST_TOLD])) or NO_HOSPITAL
    return f"{TREATED_FIRST}\n\n{listed}\n\n{WHICH_WARD}"


def hours_of_all(hours: str, halls: Sequence[Office]) -> str:
    """The hours that all departments share, and those of the hall where most is done."""
    told = [f"县里各部门的办公时间：{hours}。国家法定节假日休息，调休要上班的日子照常。"]
    told += [f"{hall.name}（电话 {hall.phone}）：{hall.hours}。" for hall in halls if hall.hours]
    return "\n".join(
        [*told, "想问哪一处，把名称写上，比如「车管所几点上班」。这里全天都可以留言。"]
    )


def ask_there(found: Sequence[Office]) -> str:
    """For something small that only the place itself can say."""
    return f"这个要看那边当天的安排，打电话问最准：\n\n{offices(found)}"


def offices(found: Sequence[Office]) -> str:
    """Each office of the name that was asked for."""
    parts = [_office(each) for each in found[:MOST_TOLD]]
    more = "还有几处没有列出，请写上全称再问一次。" if len(found) > MOST_TOLD else ""
    return "\n\n".join(filter(None, [*parts, more, CALL_FIRST]))


def _office(office: Office) -> str:
    lines = _lines(
        ("电话", office.phone),
        ("地址", office.address),
        ("时间", office.hours),
        ("可以办", office.what),
    )
    day = office.checked_on
    checked = [f"（{day.year}年{day.month}月{day.day}日核对）"] if day else []
    return "\n".join([office.name, *lines, *checked])


def _lines(*facts: tuple[str, str]) -> list[str]:
    return [f"{what}：{value}" for what, value in facts if value]


def _head(department: Department, called: str) -> str:
    own = not called or called in department.name or called[-1] in "局委办"
    return department.name if own else f"「{called}」的事，由{department.name}负责。"


def contact_of_matter(department: Department, matter: str) -> str:
    """Where to ask about what was answered before."""
    return f"关于「{matter}」，可以问：\n{contact(department)}"
