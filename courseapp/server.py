"""gunicorn's configuration: `gunicorn -c courseapp/server.py courseapp.wsgi`."""

from pathlib import Path
from threading import Thread

from courseapp import environment

_env = environment.read()

bind = _env.course_bind
workers = _env.course_workers
threads = _env.course_threads
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a heartbeat file, in memory
preload_app = True  # the course is read once and shared
timeout = 30  # seconds
forwarded_allow_ips = "127.0.0.1,::1"
accesslog = None  # what visitors ask for is theirs
loglevel = "warning"
control_socket_disable = True  # it is one per account, and two installations of one account would fight for it


def when_ready(server: object) -> None:
    """Say where the site is."""
    print(f"Cloud Fundamentals is at {_env.course_url or 'http://' + bind}", flush=True)


def post_worker_init(worker: object) -> None:
    """Make the slides beside the first answers, so that the first to present need not wait for them."""
    from lecture.slides.deck import decks  # Django is there by now

    Thread(target=decks, daemon=True).start()
