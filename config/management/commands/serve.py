"""`manage.py serve`: prepare what is missing, say where the site is, and become the server."""

import errno
import os
import socket
import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from debates.demo.loading import log_ins

LOOPBACK = ("127.0.0.1", "::1", "localhost")
BIND_TROUBLES = {
    errno.EADDRINUSE: "Port {port} is in use: stop the other program, or choose another port with "
    "`make run PORT={next_port}`.",
    errno.EACCES: "Port {port} needs the rights of an administrator: choose one above 1023 with `make run PORT=8000`.",
    errno.EADDRNOTAVAIL: "HOST={host} is not an address of this machine: leave HOST out for this machine alone, or "
    "use HOST=0.0.0.0 for all its addresses.",
}


class Command(BaseCommand):
    help = "Start Counterpoint on HOST and PORT with a production server, and everything it needs."

    def handle(self, **options: object) -> None:
        # First the port: nobody should wait for a database only to hear that the door is shut.
        check_port(settings.HOST, settings.PORT)
        call_command("prepare", demo=settings.DEMO, stdout=self.stdout)
        host = "localhost" if settings.HOST in (*LOOPBACK, "0.0.0.0", "::") else settings.HOST  # noqa: S104
        self.stdout.write(f"\nCounterpoint is at http://{host}:{settings.PORT}/ (Ctrl+C stops it).")
        if settings.DEMO:
            teacher, pupil = log_ins()
            self.stdout.write(
                f"Log in as {teacher} (the teacher) or {pupil} with {settings.DEMO_PASSWORD}, or not at all."
            )
        if settings.HOST not in LOOPBACK and len(settings.ALLOWED_HOSTS) == len(LOOPBACK):
            self.stdout.write("Other machines are refused until ALLOWED_HOSTS names what they call this one.\n")
        self.stdout.flush()
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", str(settings.BASE_DIR / "config" / "gunicorn.py")]
        os.execv(sys.executable, gunicorn)  # noqa: S606


def check_port(host: str, port: int) -> None:
    """Try the address as the server will, and turn the system's error into advice."""
    if not 0 < port < 2**16:
        raise CommandError(f"PORT={port} is not the number of a port: choose one from 1024 to 65535.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        number = errno.EADDRNOTAVAIL if isinstance(error, socket.gaierror) else error.errno
        advice = BIND_TROUBLES.get(number or 0, "HOST={host} PORT={port} is not an address to listen on.")
        raise CommandError(advice.format(host=host, port=port, next_port=port + 1)) from error
