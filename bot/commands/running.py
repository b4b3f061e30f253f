"""Running a desk or the demo until it is stopped: the work behind serve and demo."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from rich.progress import Progress, TaskID

from bot.app import Service
from bot.commands.common import STDERR, new_desk, progress_bar, refuse, run, said_of, tell_of
from bot.config import Settings
from bot.faults import FAULTS, check_start, why
from bot.logs import set_up_logs
from bot.server import run_loop, serve_many


def serve(settings: Settings, workers: int, *, with_simulator: bool) -> None:
    """Serves; a desk that cannot start says why and ends with exit code 2."""
    set_up_logs()
    new = new_desk(settings)
    try:
        if workers > 1:
            port = asyncio.run(check_start(settings))
            serve_many(settings.model_copy(update={"port": port}), workers)
        else:
            run_loop(
                settings,
                with_simulator=with_simulator,
                announce=lambda service, port: _ready(service, port, new),
            )
    except FAULTS as error:
        refuse(f"the service did not start: {why(error, settings)}")


def demo(data: Path, port: int) -> None:
    """Fills the demo's folder at the first start, then serves it with the simulator."""
    # A desk that serves citizens loads nothing of the demo.
    from bot.demo.folder import DemoFolder
    from bot.demo.platform import furnish
    from bot.demo.prepare import prepare

    if data.exists() and not data.is_dir():
        refuse(f"--data {data}: nothing was changed: it is a file. Name a folder, or a new one.")
    folder = DemoFolder(data)
    try:
        settings = folder.settings(port)
    except OSError as error:
        refuse(
            f"--data {data}: the demo did not start, nothing was changed: {said_of(error)}. "
            "Name a folder that the user who runs this may write to."
        )
    set_up_logs(as_json=False)
    try:
        with progress_bar() as bar:
            passwords = run(prepare(folder, settings, _telling(bar)))
        run_loop(
            settings,
            with_simulator=True,
            furnish=furnish,
            announce=lambda *_: _welcome(settings, passwords),
        )
    except FAULTS as error:
        refuse(f"the demo did not start: {error}")


def _telling(bar: Progress) -> Callable[[str, int, int], None]:
    """Draws a bar for each thing that is told of."""
    tasks: dict[str, TaskID] = {}

    def tell(what: str, done: int, of: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=of)
        bar.update(tasks[what], completed=done, total=of)

    return tell


def _ready(service: Service, port: int, new: Path | None) -> None:
    tell_of(new)
    STDERR.print(ready_line(service.settings, port), markup=False, highlight=False)


def ready_line(settings: Settings, port: int) -> str:
    """Where the desk listens; `public_url` is what others call it, perhaps through a proxy."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    listening = f"http://{host}:{port}"
    if settings.public_url == listening:
        return f"ready on {listening}"
    return f"ready on {listening}, known as {settings.public_url} (public_url)"


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
