"""A mail server on this machine that keeps what it is sent, in the few words of SMTP that a sender needs."""

from __future__ import annotations

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

SENDMAIL = smtplib.SMTP.sendmail
"""The library's own, read before the tests close it; sockets stay closed to all but this machine."""


@dataclass
class MailServer:
    """`kept` holds (sender, recipients, message) of each mail. `refuses` is what it answers to a recipient."""

    port: int = 0
    refuses: str = ""
    kept: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            sender, recipients = "", []
            while line := self.rfile.readline().decode().strip():
                word, _, rest = line.partition(" ")
                address = rest.partition("<")[2].partition(">")[0]
                match word.upper():
                    case "MAIL":
                        sender, recipients = address, []
                        self._say("250 ok")
                    case "RCPT":
                        recipients.append(address)
                        self._say(server.refuses or "250 ok")
                    case "DATA":
                        self._say("354 go on")
                        server.kept.append((sender, recipients, self._message()))
                        self._say("250 kept")
                    case "QUIT":
                        self._say("221 bye")
                        return
                    case _:
                        self._say("250 ok")

        def _message(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line[1:] if line.startswith(b"..") else line)
            return message_from_bytes(b"".join(lines).replace(b"\r\n", b"\n"), policy=policy.default)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as listener:
        server.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join()
