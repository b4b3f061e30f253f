"""Lines of a choice list that can be told apart."""

from dataclasses import replace

from handlers.choosing import choices_of, meant
from handlers.citizen import Choice
from knowledge_base.condition import separation
from knowledge_base.entry import Entry
from knowledge_base.follow_up import asks_on, is_follow_up, is_only_a_side, part_about
from knowledge_base.outcome import Candidate, Suggestions
from knowledge_base.text import question_of

ENTRY = Entry(id="a", question="办理地点在哪里？", answer="县政务服务中心二楼。")


def found(*entries: Entry) -> Suggestions:
    ranking = tuple(Candidate(entry=e, probability=0.3, matched="") for e in entries)
    return Suggestions(choices=ranking, ranking=ranking)


def test_how_long_it_takes_is_told_though_many_sentences_have_years() -> None:
    answer = "二十五岁以下十年。二十六岁起二十年。四十六岁起长期有效。孩子五年。六十日内发证。"
    assert part_about(answer, "要几天") == "六十日内发证。"


def test_whether_it_costs_anything_is_told_by_what_says_that_it_is_free() -> None:
    answer = "带身份证去卫生院。每年可以免费做一次。"
    assert part_about(answer, "免费的吗") == "每年可以免费做一次。"


def test_two_questions_in_the_same_words_are_told_apart_by_what_differs() -> None:
    other = replace(ENTRY, id="b", answer="车管所一楼。", department="公安局")
    titles = [c.title for c in choices_of(found(replace(ENTRY, department="民政局"), other))]
    assert titles == ["办理地点在哪里？（民政局）", "办理地点在哪里？（公安局）"]


def test_questions_that_differ_stay_as_they_are() -> None:
    other = replace(ENTRY, id="b", question="办理时间是几点？")
    assert [c.title for c in choices_of(found(ENTRY, other))] == [ENTRY.question, other.question]


def test_a_condition_is_asked_for_only_where_it_is_all_that_differs() -> None:
    texts = ["买卖房屋过户要交哪些税", "继承房屋过户要交哪些税"]
    apart = separation("房子过户交什么税", texts)
    assert apart is not None
    assert apart.labels == ("买卖", "继承")
    assert separation("买卖房子过户交什么税", texts) is None
    assert separation("房子过户交什么税", [texts[0], "继承公证要带哪些材料"]) is None


def test_words_that_fit_two_lines_choose_none() -> None:
    choices = (Choice(entry="a", title="外地户口怎么落户"), Choice(entry="b", title="外地牌照限行"))
    assert meant("外地的", choices) is None
    assert meant("外地户口的孩子在哪里上学报名", choices) is None


def test_a_new_question_with_a_word_of_the_list_is_no_answer_to_it() -> None:
    told_apart = (
        Choice(entry="a", title="本人来办：本人怎么补领身份证"),
        Choice(entry="b", title="代办：代办怎么补领身份证"),
    )
    assert meant("代办的", told_apart) == 2
    assert meant("代办营业执照", told_apart) is None
    mixed = (told_apart[1], Choice(entry="c", title="护照怎么办"))
    assert meant("代办的", mixed) is None


def test_what_names_a_matter_is_no_follow_up() -> None:
    asked_on = (
        "那需要什么材料？",
        "在哪里办",
        "多少钱",
        "网上能办吗",
        "外地的可以吗",
        "几点下班",
        "外地户口可以吗",
    )
    alone = ("怎么迁户口", "身份证怎么办", "低保怎么申请", "孩子发烧怎么办", "谢谢", "我想投诉", "")
    assert all(is_follow_up(question_of(text)) for text in asked_on)
    assert not any(is_follow_up(question_of(text)) for text in alone)


def test_what_leans_on_the_answer_asks_on_though_it_brings_a_case_of_its_own() -> None:
    assert asks_on(question_of("那我儿子有车行不行"))
    assert not asks_on(question_of("我儿子有车行不行"))
    assert not asks_on(question_of("那我儿子有车"))
    assert asks_on(question_of("多少钱"))


def test_a_condition_alone_is_a_side_and_one_with_a_question_is_not() -> None:
    assert is_only_a_side(question_of("离婚呢"))
    assert not is_only_a_side(question_of("离婚要带啥"))
    assert not is_only_a_side(question_of("多少钱"))


def test_only_the_sentences_that_say_it_are_repeated() -> None:
    answer = "到派出所补领。\n收费40元。二十天左右领到。"
    assert part_about(answer, "多少钱") == "收费40元。"
    assert part_about(answer, "为什么") == ""
    assert part_about(answer, "打哪个电话") == ""


def test_a_long_text_is_a_matter_of_its_own_however_it_asks() -> None:
    short = question_of("那要多少钱呢")
    assert is_follow_up(short)
    assert not is_follow_up(short * 4)
