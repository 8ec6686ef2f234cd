"""The GraphQL over HTTP audit asks all its questions, and a server that knows no GraphQL fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from services.graphql_audit import audit


class Deaf(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the name is the protocol's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the audit's own answer is what counts."""


@pytest.fixture
def deaf_server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Deaf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/graphql"
    server.shutdown()
    server.server_close()


def test_a_server_that_knows_no_graphql_fails_the_audit(deaf_server: str) -> None:
    findings = audit(deaf_server)
    assert len(findings) == 61
    assert "error" in {finding.status for finding in findings}
