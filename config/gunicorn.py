"""How gunicorn serves the site: `gunicorn -c config/gunicorn.py`. It is told by the environment, as the site is."""

from pathlib import Path

from config.logs import json_lines
from config.settings import HOST, LOG_LEVEL, PORT, THREADS, WEB_CONCURRENCY

wsgi_app = "config.wsgi:application"
bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
workers = WEB_CONCURRENCY
# Threads, so that a browser's idle second connection or a slow line holds up nobody else.
worker_class = "gthread"
threads = THREADS
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# Memory that a long life has scattered is given back, and not by all workers in the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
# A heartbeat file on a disk that stalls would look like a worker that hangs.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
accesslog = None
logconfig_dict = json_lines(
    LOG_LEVEL,
    {
        "gunicorn.error": {"level": "WARNING", "handlers": ["out"], "propagate": False},
        # It drops the body of an answer to HEAD, which is right, and need not say so each time.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
)
