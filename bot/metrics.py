"""What Prometheus is told (`/metrics`)."""

from prometheus_client import Counter, Gauge, Histogram

REFUSED = Counter("huiying_refused_total", "Requests refused before any handler", ["reason"])
REPLY_SECONDS = Histogram(
    "huiying_reply_seconds",
    "From a decoded message to its passive reply",
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0),
)
PUSHES = Counter("huiying_pushes_total", "Customer-service messages by how they ended", ["result"])
COMMENT_ORDERS = Counter(
    "huiying_comment_orders_total", "Steps on comments by how they ended", ["step", "result"]
)
COMMENTS_WAITING = Gauge(
    "huiying_comments_waiting", "Articles to look at, comments to file, orders to send", ["what"]
)
COMMENTS_WAITING_SECONDS = Gauge(
    "huiying_comments_waiting_seconds", "How long the oldest of them has waited", ["what"]
)
DEGRADED = Gauge("huiying_search_degraded", "1 while search runs without its encoder")
ENTRIES = Gauge("huiying_entries", "Published entries in the index")
