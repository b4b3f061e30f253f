"""The files that an administrator copies to a server."""

from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"


def test_nobody_reads_nginxs_own_page_while_the_service_restarts() -> None:
    _, *servers = (DEPLOY / "nginx.conf").read_text("utf-8").split("\nserver {")
    assert len(servers) == 2
    for server in servers:
        assert "error_page 502 504 @away;" in server
        assert "lang=zh-CN" in server.partition("location @away")[2].partition("}")[0]
