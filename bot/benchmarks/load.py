"""The load: wrk, sending each prepared request once, from a core of its own."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.benchmarks.machine import cores

SCRIPT = """\
local requests, place = {}, 0

function init(args)
  local headers = {["Content-Type"] = "text/xml"}
  for line in io.lines(args[1]) do
    local path, body = line:match("^(.-)\\t(.*)$")
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function done(summary, latency, _)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    'RESULT {"requests": %d, "refused": %d, "lost": %d, "microseconds": %d, "p50": %d, "p99": %d}',
    summary.requests, errors.status, lost, summary.duration,
    latency:percentile(50), latency:percentile(99)))
end
"""


class NoLoad(Exception):
    """wrk is missing or measured nothing."""


@dataclass(frozen=True, kw_only=True)
class Burst:
    """What one round of load met; latencies in milliseconds, good replies (2xx) a second.

    `work` is the server's processor time a message, in milliseconds: on a machine that does other
    work too it says more than the clock.
    """

    requests: int
    refused: int
    lost: int
    per_second: float
    p50: float
    p99: float
    work: float = 0.0


def core_for(role: str) -> list[str]:
    """A command prefix: servers on the first core, the load on the second, if there are two."""
    known = cores()
    if len(known) < 2 or shutil.which("taskset") is None:
        return []
    return ["taskset", "-c", str(known[0 if role == "server" else 1])]


def need_wrk() -> None:
    """Raises `NoLoad` where no load can be made at all; asked before minutes of preparation."""
    if shutil.which("wrk") is None:
        raise NoLoad("wrk is not installed (Debian and Ubuntu: apt install wrk)")


def burst(base: str, requests: Path, *, connections: int, seconds: float) -> Burst:
    """One round of load on a server of this machine; raises `NoLoad`."""
    need_wrk()
    script = requests.with_name("requests.lua")
    script.write_text(SCRIPT, encoding="utf-8")
    command = [*core_for("load"), "wrk", "--threads=1", f"--connections={connections}"]
    command += [f"--duration={max(1, round(seconds))}s", "--timeout=10s", "--latency"]
    command += [f"--script={script}", base, "--", str(requests)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
    return result_of(done.stdout + done.stderr)


def result_of(printed: str) -> Burst:
    """Reads the last line of our script; raises `NoLoad` when there is none."""
    _, found, line = printed.partition("RESULT ")
    if not found:
        raise NoLoad(f"wrk failed: {printed[-500:]}")
    told: dict[str, Any] = json.loads(line)
    seconds = max(told["microseconds"], 1) / 1_000_000
    return Burst(
        requests=told["requests"],
        refused=told["refused"],
        lost=told["lost"],
        per_second=(told["requests"] - told["refused"]) / seconds,
        p50=told["p50"] / 1000,
        p99=told["p99"] / 1000,
    )
