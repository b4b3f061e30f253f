"""What a citizen reads who asks about another place than the county."""

from collections.abc import Sequence

from knowledge_base.places import has_hotline

HERE_AGAIN = "如果问的就是本县的事，请带上「本县」再说一遍。"
HERE_ONLY = "要是在本县办的事，回复「人工」，我们登记下来请工作人员答复；也可以换个说法再问一次。"


def other_place(elsewhere: Sequence[str]) -> str:
    """A question about somewhere else: who can answer it."""
    again = HERE_AGAIN if any(map(has_hotline, elsewhere)) else HERE_ONLY
    return f"{_away(elsewhere)}\n{again}"


def own_rules(elsewhere: Sequence[str]) -> str:
    """Before a list of what holds in the county, for a question that names somewhere else."""
    if any(map(has_hotline, elsewhere)):
        return f"{_away(elsewhere)}\n本县的规定，可以看看："
    return f"您问的事和{'、'.join(elsewhere)}有关，办法可能不一样。本县的规定，可以看看："


def _away(elsewhere: Sequence[str]) -> str:
    where = "、".join(filter(has_hotline, elsewhere))
    if not where:
        return f"这里只能答本县办事的问题，{'、'.join(elsewhere)}的事答不了。"
    return (
        f"您问的好像是{where}的事。各地规定不一样，我们不能替那边答，"
        f"请拨打{where}的 12345 热线（从外地打，前面加区号）。"
    )
