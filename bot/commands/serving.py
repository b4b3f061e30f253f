"""huiying serve · demo"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import ConfigOption, ModelOption, refuse, settings_from


def add_serving(app: typer.Typer) -> None:
    """Registers the commands that serve."""
    _add_serve(app)
    _add_demo(app)


def _add_serve(app: typer.Typer) -> None:
    @app.command("serve")
    def serve_command(
        config: ConfigOption = None,
        port: Annotated[
            int | None, typer.Option(min=0, max=65535, help="Instead of the configuration's.")
        ] = None,
        workers: Annotated[
            int, typer.Option(min=1, max=64, help="Processes; more than 1 need PostgreSQL.")
        ] = 1,
        simulator: Annotated[
            bool, typer.Option("--simulator", help="WeChat's side too, at /simulator/.")
        ] = False,
        model: ModelOption = None,
    ) -> None:
        """Runs the service until it is stopped."""
        settings = settings_from(config)
        if port is not None:
            settings = settings.model_copy(update={"port": port})
        if model is not None:
            answering = settings.answering.model_copy(update={"model": str(model)})
            settings = settings.model_copy(update={"answering": answering})
        if workers > 1 and not settings.database_url.startswith("postgresql://"):
            refuse(
                f"--workers {workers}: several workers need PostgreSQL, and database_url is "
                f"{settings.database_url!r}. Set it to postgresql://… or use one worker."
            )
        from bot.commands import running

        running.serve(settings, workers, with_simulator=simulator)


def _add_demo(app: typer.Typer) -> None:
    @app.command("demo")
    def demo_command(
        port: Annotated[int, typer.Option(min=1, max=65535, help="On this machine.")] = 8080,
        data: Annotated[Path, typer.Option(help="Where the demo is kept.")] = Path("demo-data"),
    ) -> None:
        """A sample county to try: simulator, console, public page. Keeps its data in one folder."""
        from bot.commands import running

        running.demo(data, port)
