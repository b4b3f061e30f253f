"""What every encoder does to texts before, and to vectors after, the model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from knowledge_base.ports import EncoderUnavailable, Vectors

QUERY_LIMIT = 200
"""Characters of a question that are encoded; what follows is padding, and time."""
DOCUMENT_LIMIT = 500
"""Characters of an answer passage that are encoded."""


def clean(text: str, limit: int) -> str:
    """`text` cut to `limit` characters that any model accepts; never empty.

    Lone surrogates (half an emoji cut by a client) cannot be written as UTF-8, NUL ends a C
    string, and some servers refuse an empty input, so these become a replacement mark or a space.
    """
    whole = text[:limit].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", " ").strip() or " "


def clean_all(texts: Sequence[str], limit: int) -> list[str]:
    """`clean` for each of `texts`, in order."""
    return [clean(text, limit) for text in texts]


def unit_rows(values: ArrayLike, *, count: int) -> Vectors:
    """`values` as float32 of shape (count, dimension), each row scaled to length 1.

    Raises `EncoderUnavailable` when the shape is wrong or a row has no direction: a model that
    returns such rows is broken, and a search over them would be wrong without a sign of it.
    """
    try:
        with np.errstate(over="ignore"):  # what is too large becomes infinite, refused below
            rows = np.array(values, dtype=np.float32)
            lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    except (ValueError, TypeError) as error:
        raise EncoderUnavailable("the encoder did not return rows of numbers") from error
    if rows.ndim != 2 or len(rows) != count:
        raise EncoderUnavailable(f"the encoder returned shape {rows.shape} for {count} texts")
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise EncoderUnavailable("the encoder returned a vector that is zero or not a number")
    return np.asarray(rows / lengths, dtype=np.float32)
