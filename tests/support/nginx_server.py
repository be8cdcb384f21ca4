"""An nginx of a test run's own, where it is installed, with the settings of docs/deploy.md.

Only addresses and files differ from the page: so the tests try the settings
that an operator copies.
"""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import DOCS
from tests.support.smtp_sink import free_port
from tests.support.waiting import PATIENCE_S, listens, wait_until

DEPLOY = DOCS / "deploy.md"
HOST = "groups.example.org"
PUBLIC = {
    "FINDER_BASE_URL": f"https://{HOST}",
    "FINDER_SECRET_KEY": "k" * 40,
    "FINDER_TRUSTED_PROXIES": "1",
}
"""Settings of a site behind it."""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class Front:
    """A running nginx: the port it takes HTTPS on, and what a client needs to trust it."""

    port: int
    trust: ssl.SSLContext

    def line(self, timeout_s: float = PATIENCE_S, receive_buffer: int = 0) -> ssl.SSLSocket:
        """A connection that has shaken hands. receive_buffer: bytes, where it shall be small."""
        bare = socket.socket()
        bare.settimeout(timeout_s)
        if receive_buffer:
            bare.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            bare.connect(("127.0.0.1", self.port))
            return self.trust.wrap_socket(bare, server_hostname=HOST)
        except OSError:
            bare.close()
            raise

    def ask(self, path: str, head: str = "", body: bytes = b"", method: str = "GET") -> bytes:
        """The whole answer to one request over a connection of its own."""
        asked = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{head}\r\n"
        with self.line() as line:
            line.sendall(asked.encode() + body)
            return b"".join(iter(lambda: line.recv(65_536), b""))


def documented() -> str:
    """The server block that docs/deploy.md tells operators to use."""
    (block,) = re.findall(r"^```\n(server \{\n.*?\n\})\n```$", DEPLOY.read_text(), re.S | re.M)
    return str(block)


def needs_nginx() -> str:
    """The program's path. Skips the test where it is not installed, which CI does not allow."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed (Debian package nginx-light)")
    return program


@contextmanager
def nginx_before(site_port: int, folder: Path) -> Iterator[Front]:
    """nginx in front of the site on a port of this machine, until the end of the block."""
    program, port = needs_nginx(), free_port()
    _make_certificate(folder)
    (folder / "nginx.conf").write_text(_whole(_placed(port, site_port, folder), folder))
    started = [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "nginx.log"]
    process = subprocess.Popen([*started, "-g", "daemon off;"])
    try:
        wait_until(lambda: _answers(port, process), "nginx did not come up")
        yield Front(port, ssl.create_default_context(cafile=folder / "cert.pem"))
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _placed(port: int, site_port: int, folder: Path) -> str:
    """The documented block with the addresses and files of this test run."""
    block = documented()
    for there, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/groups.pem", f"{folder}/cert.pem"),
        ("/etc/ssl/groups.key", f"{folder}/key.pem"),
        ("/var/log/nginx/error.log", f"{folder}/nginx.log"),
        ("http://127.0.0.1:8000;", f"http://127.0.0.1:{site_port};"),
    ):
        assert block.count(there) == 1, f"docs/deploy.md no longer says {there}"
        block = block.replace(there, here)
    return block


def _whole(block: str, folder: Path) -> str:
    """Debian's own nginx.conf around a server block, with its files in a folder."""
    files = "\n".join(f"    {name}_temp_path {folder}/{name};" for name in TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""{user}
worker_processes auto;
pid {folder}/nginx.pid;
events {{ worker_connections 768; }}
http {{
{files}
    sendfile on;
    tcp_nopush on;
    gzip on;
{block}
}}
"""


def _make_certificate(folder: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    made += ["-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    made += ["-addext", f"subjectAltName=DNS:{HOST}"]
    made += ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run(made, check=True, capture_output=True)


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "nginx did not start"
    return listens(port)
