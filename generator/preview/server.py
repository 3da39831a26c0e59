"""The page's own HTTP server: for this machine, this user and this page alone.

It listens on the loopback address. Every address begins with a token that only who started it
knows, so that no other user of the machine and no page in the same browser can ask for anything; a
``Host`` other than our own (a name that was made to point here) is refused. The answers tell the
browser to run no script and load nothing but what comes from here.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.preview import views
from generator.preview.routes import Asked, Reply, missing, static, view
from generator.preview.session import Session
from generator.render.pdf import ThemeFile

HOST = "127.0.0.1"
_LARGEST = 1_000_000
"""Bytes of a filled-in question, at most."""
_FIELDS = 1_000
_HEARTBEAT = 15
"""Seconds after which a silent stream says that it is still there."""

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "img-src 'self' data:; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Styles in attributes are those of figures and of Moodle's HTML; an attribute runs nothing."""
_POLICY_OF_PDF = "frame-ancestors 'self'"
"""A browser's PDF viewer brings scripts of its own, which a stricter policy would stop."""


class Preview(ThreadingHTTPServer):
    """Serves the preview of a bank. Raises OSError where the port is taken."""

    daemon_threads = True

    def __init__(
        self, path: Path, *, seed: int, port: int = 0, theme: ThemeFile | None = None
    ) -> None:
        super().__init__((HOST, port), _Handler)
        self.token = secrets.token_urlsafe(18)
        self.path = path
        self.session = Session(path, seed, theme)

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which a browser may ask for it."""
        return (f"{HOST}:{self.server_port}", f"localhost:{self.server_port}")

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        """Follow the bank and answer until `shutdown`."""
        self.session.follow()
        super().serve_forever(poll_interval)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Preview
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "gen-quiz", ""
    timeout = 60

    def do_GET(self) -> None:
        """Show something."""
        name = self._name()
        if name is None:
            self._send(missing())
        elif name == "events":
            self._events()
        elif name == "":
            page = views.index(self.server.path.name, self.server.token)
            self._send(Reply(body=page.encode()))
        else:
            self._send(static(name) or self._view("GET", name))

    def do_POST(self) -> None:
        """Mark something."""
        name, length = self._name(), self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length[:9]) > _LARGEST:
            self.close_connection = True
            self._send(Reply(body=b"too large\n", media_type="text/plain", status=413))
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        self._send(missing() if name is None else self._view("POST", name, body))

    def _view(self, method: str, name: str, body: str = "") -> Reply:
        query = urlsplit(self.path).query
        try:
            fields = {
                **parse_qs(body, max_num_fields=_FIELDS),
                **parse_qs(query, max_num_fields=_FIELDS),
            }
        except ValueError:
            return missing()
        return view(self.server.session, method, name, Asked(fields))

    def _name(self) -> str | None:
        """What is asked for, without the token; None for whoever may not ask."""
        own_host = self.headers.get("Host", "") in self.server.hosts
        _, _, rest = urlsplit(self.path).path.partition("/")
        token, slash, name = rest.partition("/")
        known = hmac.compare_digest(token.encode(), self.server.token.encode())
        return name if own_host and known and slash else None

    def _events(self) -> None:
        """A stream of what has changed: an event for each, until the page is closed."""
        self.close_connection = True
        self._head(200, "text/event-stream; charset=utf-8")
        tick = -1
        while True:
            newest = self.server.session.wait(tick, _HEARTBEAT)
            data = {"number": self.server.session.reading.number, "tick": newest}
            text = f"data: {json.dumps(data)}\n\n" if newest != tick else ": still here\n\n"
            tick = newest
            self.wfile.write(text.encode())
            self.wfile.flush()

    def _send(self, reply: Reply) -> None:
        self._head(reply.status, reply.media_type, len(reply.body))
        self.wfile.write(reply.body)

    def _head(self, status: int, media_type: str, length: int | None = None) -> None:
        pdf = media_type == "application/pdf"
        headers = {
            "Content-Type": media_type,
            "Content-Security-Policy": _POLICY_OF_PDF if pdf else _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has
        """Say nothing of each request: the terminal is for findings."""
