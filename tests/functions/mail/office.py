"""A post office that takes mails as SES does, and fails as it is told to."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

type Failure = tuple[int, str]  # status and code of AWS

DROPPED = (0, "")  # takes the mail, and hangs up
LOST = (500, "InternalFailure")  # takes the mail, and answers so


class Office:
    """`taken`: each mail that went in. `failures`: how the next calls end, one after another."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.taken: list[EmailMessage] = []
        self.failures: list[Failure] = []

    def answer(self, request: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, str]]:
        self.asked.append(request)
        status, code = self.failures.pop(0) if self.failures else (200, "")
        if status in (0, 200, 500):
            raw = base64.b64decode(request["Content"]["Raw"]["Data"])
            self.taken.append(message_from_bytes(raw, policy=default))
        if status == 200:
            return 200, {}, {"MessageId": f"message-{len(self.taken)}"}
        return status, {"x-amzn-errortype": code}, {"message": "No."}


@contextmanager
def served(office: Office) -> Iterator[str]:
    class Counter(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, headers, answer = office.answer(json.loads(body))
            if status == 0:
                self.close_connection = True
                return
            said = json.dumps(answer).encode()
            self.send_response_only(status)
            for name, value in (headers | {"content-length": str(len(said))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
