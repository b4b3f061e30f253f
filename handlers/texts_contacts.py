"""How to reach a department, as its table says."""

from cases.department import Department

WHICH = (
    "您要找哪个部门？把部门名称写上，比如「民政局电话」。"
    "不知道该找谁，就把事情写给我们，或者拨打 12345。"
)


def contact(department: Department, *, called: str = "") -> str:
    """Telephone, address and hours; `called` is what the citizen called the department."""
    lines = [_head(department, called)]
    lines += [
        f"{what}：{value}"
        for what, value in (
            ("电话", department.phone),
            ("地址", department.address),
            ("办公时间", department.hours),
        )
        if value
    ]
    return "\n".join([*lines, "出门前先打个电话问一下，免得白跑。有具体的事，也可以直接写在这里。"])


def _head(department: Department, called: str) -> str:
    own = not called or called in department.name or called[-1] in "局委办"
    return department.name if own else f"「{called}」的事，由{department.name}负责。"


def contact_of_matter(department: Department, matter: str) -> str:
    """Where to ask about what was answered before."""
    return f"关于「{matter}」，可以问：\n{contact(department)}"
