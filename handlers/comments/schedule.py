"""When an article's comments are looked at again: often while it is new, ever more rarely after."""

from datetime import datetime, timedelta

BY_AGE = (
    (timedelta(days=1), timedelta(minutes=5)),
    (timedelta(days=3), timedelta(minutes=20)),
    (timedelta(days=7), timedelta(hours=1)),
    (timedelta(days=30), timedelta(hours=6)),
)
LATER = timedelta(days=1)
STILL_READ = timedelta(hours=3)
"""An old article that was read within the last days is looked at this often."""
READ_LATELY = timedelta(days=3)
AFTER_REFUSAL = timedelta(days=1)
AFTER_FAULT = timedelta(minutes=30)
SOON = timedelta(minutes=1)


def whole_is_due(published_at: datetime, full_at: datetime | None, *, now: datetime) -> bool:
    """Whether a listing goes to its end, to see what was withdrawn or answered elsewhere.

    Daily while the article is young, then ever more rarely.
    """
    return full_at is None or now - full_at >= max(timedelta(days=1), (now - published_at) / 10)


def next_look(published_at: datetime, read_on: str, *, now: datetime) -> datetime:
    """The next look at an article of this age; `read_on` is a day as YYYY-MM-DD, or ""."""
    age = now - published_at
    wait = next((each for younger, each in BY_AGE if age < younger), LATER)
    if read_on and read_on >= (now - READ_LATELY).date().isoformat():
        wait = min(wait, STILL_READ)
    return now + wait
