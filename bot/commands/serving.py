"""huiying serve · demo"""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import Service
from bot.commands.common import STDERR, ConfigOption, progress_bar, refuse, run, settings_from
from bot.config import Settings
from bot.demo import prepare
from bot.demo.folder import DemoFolder
from bot.logs import set_up_logs
from bot.server import run_loop, serve_many
from knowledge_base.calibration import ModelIsUnusable
from knowledge_base.ports import EncoderUnavailable
from storage.errors import SchemaTooNew, StorageUnavailable, WrongDatabaseUrl

FAULTS = (
    EncoderUnavailable,
    ModelIsUnusable,
    SchemaTooNew,
    StorageUnavailable,
    WrongDatabaseUrl,
    OSError,
)


def add_serving(app: typer.Typer) -> None:
    """Registers the commands that serve."""

    @app.command("serve")
    def serve_command(
        config: ConfigOption = None,
        port: Annotated[int | None, typer.Option(min=0, max=65535)] = None,
        workers: Annotated[int, typer.Option(min=1, max=64)] = 1,
        simulator: Annotated[bool, typer.Option("--simulator", help="Serve it too.")] = False,
    ) -> None:
        """Runs the service until it is stopped."""
        settings = settings_from(config)
        if port is not None:
            settings = settings.model_copy(update={"port": port})
        if workers > 1 and not settings.database_url.startswith("postgresql://"):
            refuse(
                f"--workers {workers}: several workers need PostgreSQL, and database_url is "
                f"{settings.database_url!r}. Set it to postgresql://… or use one worker."
            )
        set_up_logs()
        _serve(settings, workers, simulator)

    @app.command("demo")
    def demo_command(
        port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
        data: Annotated[Path, typer.Option(help="Where the demo is kept.")] = Path("demo-data"),
    ) -> None:
        """A sample county to try: simulator, console, public page. Keeps its data in one folder."""
        folder = DemoFolder(data)
        settings = folder.settings(port)
        set_up_logs(as_json=False)
        with progress_bar() as bar:
            tasks: dict[str, int] = {}

            def tell(what: str, done: int, of: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what, total=of)
                bar.update(tasks[what], completed=done, total=of)  # type: ignore[arg-type]  # rich's TaskID is an int

            passwords = run(prepare(folder, settings, tell))
        run_loop(settings, with_simulator=True, announce=lambda _: _welcome(settings, passwords))


def _serve(settings: Settings, workers: int, simulator: bool) -> None:
    try:
        if workers > 1:
            serve_many(settings, workers)
        else:
            run_loop(settings, with_simulator=simulator, announce=_ready)
    except FAULTS as error:
        refuse(f"the service did not start: {error}")


def _ready(service: Service) -> None:
    STDERR.print(f"ready on {service.settings.public_url}", markup=False, highlight=False)


def _welcome(settings: Settings, passwords: dict[str, str]) -> None:
    base = settings.public_url
    STDERR.print(
        f"\n回应 Huiying is ready · 回应已就绪\n\n"
        f"  {base}/simulator/   write as a citizen · 以群众身份发消息\n"
        f"  {base}/console/     answer as staff · 以工作人员身份办理\n"
        f"  {base}/public/      what the public sees · 公开统计\n",
        markup=False,
        highlight=False,
    )
    width = max(map(len, passwords))
    for name, password in passwords.items():
        STDERR.print(f"  {name:<{width}}  {password}", markup=False, highlight=False)
    STDERR.print("\nCtrl+C stops it; the data stays · 按 Ctrl+C 停止，数据保留", highlight=False)
