"""A time-stamping service of our own, made with `openssl ts`: RFC 3161 as a real one speaks it, on a free port."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

_CONFIG = """
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = {name}
[ root ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[ tsa ]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ service ]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass
class Tsa:
    """The service: its address, its root certificate, and how often it was asked. It refuses while `away`."""

    url: str
    roots: Path
    asked: int = 0
    away: bool = False
    wrong: bytes | None = field(default=None)


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _certificates(folder: Path) -> None:
    for name in ("root", "tsa"):
        (folder / f"{name}.cnf").write_text(_CONFIG.format(name=f"test {name}", folder=folder))
    (folder / "serial").write_text("01\n")
    _openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem",
             "-days", "3650", "-config", "root.cnf", "-extensions", "root")  # fmt: skip
    _openssl(folder, "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr",
             "-config", "tsa.cnf")  # fmt: skip
    _openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
             "-out", "tsa.pem", "-days", "3650", "-extfile", "tsa.cnf", "-extensions", "tsa")  # fmt: skip


@contextlib.contextmanager
def tsa(folder: Path) -> Iterator[Tsa]:
    """Serve until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    _certificates(folder)
    service = Tsa("", folder / "root.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.asked += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if service.away:
                self.send_error(503)
                return
            answer = service.wrong or _answer(folder, body)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _answer(folder: Path, body: bytes) -> bytes:
    (folder / "query.tsq").write_bytes(body)
    _openssl(folder, "ts", "-reply", "-queryfile", "query.tsq", "-config", "tsa.cnf", "-section", "service",
             "-out", "reply.tsr")  # fmt: skip
    return (folder / "reply.tsr").read_bytes()
