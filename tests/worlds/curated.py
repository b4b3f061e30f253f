"""An entry on its way through review, for the tests of curation."""

from datetime import date

from knowledge_base.curation import Curator
from knowledge_base.entry import Entry

TODAY = date(2026, 11, 21)


CONTENT = Entry(id="hj-1", question="新生儿怎么上户口", answer="带出生证明到派出所办理。")


async def in_review(curator: Curator, content: Entry = CONTENT, author: str = "李梅") -> Entry:
    draft = await curator.draft(content, author=author)
    return await curator.submit(draft.id, version=draft.version, actor=author)


async def published(curator: Curator, content: Entry = CONTENT) -> Entry:
    waiting = await in_review(curator, content)
    return await curator.publish(waiting.id, version=waiting.version, reviewer="王强")
