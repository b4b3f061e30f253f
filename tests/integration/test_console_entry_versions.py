"""Earlier versions of an entry, and two people at one entry: nothing is lost unseen."""

from tests.integration.test_console_entries import FILLED, newest, step, written
from tests.values.console import ENTRIES
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in


async def test_a_stale_form_is_refused_and_keeps_what_was_filled_in(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    number = await written(client)
    await sign_in(client, "curator2")
    await post(
        client,
        f"/console/entries/{number}/edit",
        f"/console/entries/{number}/edit",
        **FILLED | {"answer": "改成 7:20。"},
    )
    token = field_of(await (await client.get("/console/password")).text(), "csrf")
    form = FILLED | {"csrf": token, "version": "1", "answer": "我改成 7:30。"}
    async with client.post(f"/console/entries/{number}/edit", data=form) as answer:
        assert answer.status == 409
        page = await answer.text()
    assert (await newest(desk, number)).answer == "改成 7:20。"
    assert "curator2刚保存了第 2 版，您的还没有保存" in page
    assert "<del>20</del><ins>30</ins>" in page
    again = form | {name: field_of(page, name) for name in ("version", "mark")}
    async with client.post(f"/console/entries/{number}/edit", data=again) as answer:
        assert answer.status == 200
    assert (await newest(desk, number)).answer == "我改成 7:30。"


async def test_a_published_entry_edited_by_two_is_refused_to_the_second(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    path = "/console/entries/e1/edit"
    status, page = await post(client, path, path, **FILLED | {"version": "7"})
    assert status == 409
    assert "您填的内容都还在下面" in page


async def test_a_reviewer_sees_what_changed_word_by_word(client: Browser) -> None:
    await sign_in(client, "curator")
    path, form = "/console/entries/e1/edit", FILLED | {"answer": "带户口簿，到片区小学报名。"}
    _, page = await post(client, path, path, **form)
    assert "和群众现在看到的第 1 版相比" in page
    assert "<del>、房产证明和预防接种证</del>" in page


async def test_an_earlier_version_is_restored_by_one_and_published_by_another(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    path = "/console/entries/e1/edit"
    await post(client, path, path, **FILLED)
    await step(client, "e1", "submit")
    await sign_in(client, "curator2")
    await step(client, "e1", "publish")
    older = "/console/entries/e1/versions/1"
    status, page = await post(
        client, older, "/console/entries/e1/restore", earlier="1", reason="新版写错了"
    )
    assert status == 200
    assert "恢复第 1 版：新版写错了" in page
    await sign_in(client, "curator")
    await step(client, "e1", "publish")
    published = {e.id: e for e in await desk.storage.published_entries()}
    assert (published["e1"].answer, published["e1"].version) == (ENTRIES[0].answer, 3)


async def test_a_form_left_open_does_not_overwrite_what_was_saved_since(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    number = await written(client)
    path = f"/console/entries/{number}/edit"
    left_open = await (await client.get(path)).text()
    await post(client, path, path, **FILLED | {"answer": "先存的。"})
    hidden = {name: field_of(left_open, name) for name in ("csrf", "version", "mark")}
    async with client.post(path, data=FILLED | hidden | {"answer": "后存的。"}) as answer:
        assert answer.status == 409
    assert (await newest(desk, number)).answer == "先存的。"


async def test_a_version_that_does_not_exist_is_not_found(client: Browser) -> None:
    await sign_in(client, "curator")
    assert (await client.get("/console/entries/e1/versions/9")).status == 404
    assert (await client.get("/console/entries/e1/versions/x")).status == 404
