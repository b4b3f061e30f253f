"""The command line: `huiying …`, also `python -m bot …`."""

import os

# Before any model is loaded: its OpenMP threads would spin while they wait for each other, and
# on two busy cores a question then took 1,700 ms instead of 25.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import typer

from bot.commands.comments import add_comments
from bot.commands.database import add_database
from bot.commands.knowledge import add_knowledge
from bot.commands.matters import add_matters
from bot.commands.privacy import add_privacy
from bot.commands.serving import add_serving
from bot.commands.staff import add_user


def build() -> typer.Typer:
    """Every command, in the order of the help."""
    app = typer.Typer(
        help="回应 Huiying: a message desk for a government's WeChat official accounts.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
    )
    for add in (
        add_serving,
        add_database,
        add_knowledge,
        add_matters,
        add_comments,
        add_user,
        add_privacy,
    ):
        add(app)
    return app


def main() -> None:
    """The console script's entry."""
    build()()


if __name__ == "__main__":
    main()
