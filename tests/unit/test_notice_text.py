"""The State Council's notice as it is published, pasted into the calendar's page."""

from datetime import date

import pytest

from cases.notice import NoticeNotFit, notice_json, parse_notice
from cases.notice_text import read_notice_text
from cases.work_calendar import WorkCalendar

PUBLISHED_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""


def test_the_published_text_gives_every_day_of_the_year_that_the_library_gives() -> None:
    notice = read_notice_text(PUBLISHED_2026)
    known = WorkCalendar()
    read = known.with_notice(2026, (notice.off, notice.work))
    first = date(2026, 1, 1).toordinal()
    days = [date.fromordinal(first + n) for n in range(365)]
    assert [read.is_workday(day) for day in days] == [known.is_workday(day) for day in days]
    assert (notice.year, len(notice.off), len(notice.work)) == (2026, 33, 6)
    assert notice.source == "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"


def test_a_holiday_over_the_end_of_the_year_is_read() -> None:
    text = (
        "关于2019年部分节假日安排的通知。一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。"
        "2018年12月29日（星期六）上班。"
    )
    notice = read_notice_text(text)
    assert notice.off == {date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1)}
    assert notice.work == {date(2018, 12, 29)}


def test_a_notice_goes_through_json_unchanged() -> None:
    notice = read_notice_text(PUBLISHED_2026)
    assert parse_notice(notice_json(notice).encode()) == notice
    assert read_notice_text(notice_json(notice)) == notice


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "which year"),
        ("2027年的通知还没有来", "no day off"),
        ("2027年：13月1日放假。", "is not a day"),
        ("2027年：5月1日至3月2日放假。", "is no holiday"),
        ("2027年：5月1日放假。5月1日上班。", "day off and a workday"),
        ('{"year": 2027}', "exactly the keys"),
    ],
)
def test_what_is_no_notice_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(NoticeNotFit, match=complaint):
        read_notice_text(text)
