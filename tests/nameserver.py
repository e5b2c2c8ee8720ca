"""A name server on loopback, that says what a test has written into it, and counts what it is asked."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dns import flags, message, rcode, rdatatype, rrset
from dns.name import Name, from_text


class NameServer:
    """`zone`: records by name and type. `silent`: answers nothing; `broken`: says that it cannot."""

    def __init__(self) -> None:
        self.zone: dict[tuple[str, str], list[str]] = {}
        self.silent = self.broken = False
        self.asked: list[str] = []
        self.slow = 0.0
        self.address = ""

    def put(self, name: str, kind: str, *values: str) -> None:
        self.zone[name.lower(), kind] = list(values)

    def drop(self, name: str, kind: str) -> None:
        self.zone.pop((name.lower(), kind), None)

    def answer(self, query: message.Message) -> message.Message:
        [question] = query.question
        self.asked.append(f"{question.name.to_text(True)} {rdatatype.to_text(question.rdtype)}")
        reply = message.make_response(query)
        reply.flags |= flags.RA
        if self.broken:
            reply.set_rcode(rcode.SERVFAIL)
            return reply
        self._follow(reply, question.name, rdatatype.to_text(question.rdtype))
        return reply

    def _follow(self, reply: message.Message, name: Name, kind: str) -> None:
        """As a resolver does, which follows aliases and tells of each."""
        text = name.to_text(omit_final_dot=True).lower()
        if values := self.zone.get((text, kind)):
            reply.answer.append(rrset.from_text_list(name, 60, "IN", kind, values))
        elif alias := self.zone.get((text, "CNAME")):
            reply.answer.append(rrset.from_text_list(name, 60, "IN", "CNAME", alias))
            self._follow(reply, from_text(alias[0]), kind)
        elif not any(each == text or each.endswith(f".{text}") for each, _ in self.zone):
            reply.set_rcode(rcode.NXDOMAIN)


@contextmanager
def serving(server: NameServer) -> Iterator[NameServer]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        server.address = f"127.0.0.1:{wire.getsockname()[1]}"
        ended = threading.Event()
        thread = threading.Thread(target=_answer, args=(server, wire, ended))
        thread.start()
        try:
            yield server
        finally:
            ended.set()
            wire.sendto(b"", wire.getsockname())
            thread.join()


def _answer(server: NameServer, wire: socket.socket, ended: threading.Event) -> None:
    while not ended.is_set():
        asked, whom = wire.recvfrom(4096)
        if asked and not server.silent:
            time.sleep(server.slow)
            wire.sendto(server.answer(message.from_wire(asked)).to_wire(), whom)
