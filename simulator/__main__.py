"""`python -m simulator --webhook URL …`: the simulator alone, beside a service of any kind."""

import argparse
import sys

from aiohttp import web

from simulator.account import Account
from simulator.app import create_app
from simulator.platform import Platform


def main() -> None:
    """Serve the chat page at `/simulator/` and the platform's API at `/simulator/platform`."""
    wanted = _arguments()
    base = f"http://{wanted.host}:{wanted.port}/simulator"
    account = Account(
        name=wanted.name,
        title=wanted.title,
        appid=wanted.appid,
        secret=wanted.secret,
        token=wanted.token,
        aes_key=wanted.aes_key,
        mode=wanted.mode,
        kind=wanted.kind,
        verified=not wanted.unverified,
        webhook=wanted.webhook,
    )
    app = web.Application(client_max_size=16 << 20)
    app.add_subapp("/simulator", create_app(Platform([account], address=f"{base}/platform")))
    sys.stderr.write(f"chat: {base}/   api_base: {base}/platform\n")
    web.run_app(app, host=wanted.host, port=wanted.port, print=None)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--webhook", required=True, help="http://127.0.0.1:8080/wechat/main")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--name", default="main")
    parser.add_argument("--title", default="政务服务")
    parser.add_argument("--appid", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--aes-key", default="", help="43 characters; needed unless --mode plain")
    parser.add_argument("--mode", choices=["plain", "compatible", "safe"], default="safe")
    parser.add_argument("--kind", choices=["service", "subscription"], default="service")
    parser.add_argument("--unverified", action="store_true")
    wanted = parser.parse_args()
    if wanted.mode != "plain" and len(wanted.aes_key) != 43:
        parser.error("--aes-key needs 43 characters")
    return wanted


if __name__ == "__main__":
    main()
