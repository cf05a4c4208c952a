"""Addresses that answer in every way there is, on a server of this machine."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from archive.commands.links import addresses, lines
from archive.commands.main import main
from archive.commands.words import Words
from archive.config import Paths
from archive.holdings import records
from archive.knowledge import Knowledge
from archive.problems import Report
from archive.reach import Answer, Asker, Verdict, is_public
from tests.archives import SITE_CONFIG

FOR_GOOD, FOR_NOW = 301, 302
LEADS = {
    "/moved": (FOR_GOOD, "/fine"),
    "/moved-twice": (308, "/moved"),
    "/elsewhere-today": (FOR_NOW, "/fine"),
    "/home-again": (FOR_NOW, "/"),
    "/moved-and-gone": (FOR_GOOD, "/gone"),
    "/round": (FOR_GOOD, "/round"),
    "/to-a-file": (FOR_NOW, "file:///etc/passwd"),
}
PLACES = {  # where the toy archive names an address outside
    "articles/1994/nhung-nam-chin-muoi.md": 18,
    "articles/2019/huyen-dong-may-doi-thoai.md": 18,
    "articles/2020/truong-lang-cham-so-ket.md": 16,
    "articles/2021/hop-mat-dau-thu.md": 17,
    "articles/2022/hai-ngay-o-ben-doi.md": 19,
    "articles/2023/ca-nuoc-nhin-lai-mot-nam.md": 19,
    "articles/2023/tong-ket-dan-van-2023.md": 22,
    "articles/2024/giao-ban-quy-1-suoi-may.md": 24,
    "articles/2024/suoi-may-hop-giao-ban.md": 16,
    "articles/2025/lang-gio-phat-dong-thang-ba.md": 20,
    "articles/khong-ro/cum-thi-dua-ba-song.md": 16,
    "articles/khong-ro/nguoi-giu-lua.md": 8,
    "articles/khong-ro/tu-van-ban-cua-xom.md": 10,
    "documents/nghi-quyet-905-nq-tw-2013-06-04.md": 11,
    "events/tong-ket-dan-van-2023.md": 6,
    "officials/ta-dinh-khoi.md": 4,
}
STATUS = {"/gone": 404, "/taken-down": 410, "/busy": 503, "/closed": 403}


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        self.server.at_once += 1
        self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        time.sleep(0.02)
        self.server.at_once -= 1
        status, to = LEADS.get(self.path, (STATUS.get(self.path, 200), ""))
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        if self.path == "/slow":
            time.sleep(1)
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def base(server: _Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def anywhere(_: object) -> bool:
    return True


ASKER = Asker("archive-links (test)", pause=0, timeout=60, allowed=anywhere)
HASTY = Asker("archive-links (test)", pause=0, timeout=0.2, allowed=anywhere)


@pytest.mark.parametrize(
    ("path", "verdict", "to"),
    [
        ("/fine", Verdict.FINE, ""),
        ("/tiếng Việt?a=ô", Verdict.FINE, ""),
        ("/no-head", Verdict.FINE, ""),
        ("/moved", Verdict.MOVED, "/fine"),
        ("/moved-twice", Verdict.MOVED, "/fine"),
        ("/elsewhere-today", Verdict.FINE, "/fine"),
        ("/home-again", Verdict.HOME, "/"),
        ("/gone", Verdict.GONE, ""),
        ("/taken-down", Verdict.GONE, ""),
        ("/moved-and-gone", Verdict.GONE, ""),
        ("/busy", Verdict.UNSURE, ""),
        ("/closed", Verdict.UNSURE, ""),
        ("/slow", Verdict.UNSURE, ""),
        ("/round", Verdict.UNSURE, ""),
        ("/to-a-file", Verdict.INSIDE, ""),
    ],
)
def test_verdicts(path: str, verdict: Verdict, to: str, base: str) -> None:
    """Every way of answering has its name; only what is surely gone is called gone."""
    answer = (HASTY if path == "/slow" else ASKER).ask(base + path)
    assert (answer.verdict, answer.to.removeprefix(base)) == (verdict, to)


def test_polite(server: _Server, base: str) -> None:
    """A host is asked one thing at a time, each address once, by HEAD, and is told who asks."""
    asked = [f"{base}/{number}" for number in range(12)]
    answers = list(ASKER.ask_all([*asked, *asked]))
    assert sorted(answer.address for answer in answers) == sorted(asked)
    assert sorted(server.asked) == sorted(("HEAD", f"/{number}") for number in range(12))
    assert server.most_at_once == 1
    assert server.agents == {"archive-links (test)"}


def test_pause(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each request to a host there is a pause."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    list(Asker("test", pause=0.2, allowed=anywhere).ask_all([f"{base}/a", f"{base}/b", f"{base}/c"]))
    assert slept.count(0.2) == 3


def test_an_end(base: str) -> None:
    """When the time is over, nothing more is asked, and the report says how much was left out."""
    where = {f"{base}/{number}": [f"content/a.md:{number}"] for number in range(20)}
    answers = list(Asker("test", pause=0.1, allowed=anywhere).ask_all(where, 0.3))
    assert 0 < len(answers) < 20
    said = "\n".join(lines(answers, where, Words.load(SITE_CONFIG, "en")))
    assert f"{len(answers)} of 20 addresses asked" in said
    assert f"{20 - len(answers)} addresses were not reached in time" in said


@pytest.mark.parametrize(
    "address",
    [
        "{base}/fine",
        "http://localhost:{port}/fine",
        "http://[::ffff:127.0.0.1]:{port}/fine",
        "file:///etc/passwd",
        "http://[bad/",
        "http://127.0.0.1:port/",
        "http://",
    ],
)
def test_private_networks_are_not_asked(address: str, server: _Server, base: str) -> None:
    """An address into the machine or the network that asks is refused before a word is sent."""
    address = address.format(base=base, port=server.server_port)
    (answer,) = Asker("test", pause=0).ask_all([address])
    assert answer.verdict is Verdict.INSIDE
    assert server.asked == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_inside_is_connected_to(scheme: str) -> None:
    """An open and a closed port within are told alike, and nobody there hears anything, not even a greeting."""
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_server(("127.0.0.1", 0)) as closed:
        listening.settimeout(0.1)
        ports = [listening.getsockname()[1], closed.getsockname()[1]]
        closed.close()
        answers = [Asker("test", pause=0).ask(f"{scheme}://127.0.0.1:{port}/") for port in ports]
        assert [(answer.verdict, answer.said) for answer in answers] == [(Verdict.INSIDE, "")] * 2
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize("name", ["127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1", "fd00::1"])
def test_what_is_looked_at_is_what_is_connected_to(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads to a public address at first and inside the next time is asked for once in a request."""
    looked_up: list[str] = []
    connected: list[object] = []

    def first_here_then_there(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("192.0.2.7" if len(looked_up) == 1 else name, port))]

    def refuse(_: socket.socket, where: object) -> None:
        connected.append(where)
        raise ConnectionRefusedError

    class Watched(socket.socket):
        connect = refuse

    monkeypatch.setattr(socket, "getaddrinfo", first_here_then_there)
    monkeypatch.setattr(socket, "socket", Watched)
    asker = Asker("test", pause=0, allowed=lambda address: str(address) == "192.0.2.7")
    assert asker.ask("http://hai-mat.example/").verdict is Verdict.UNSURE
    assert asker.ask("http://hai-mat.example/").verdict is Verdict.INSIDE
    assert connected == [("192.0.2.7", 80)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("168.63.129.16", False),
        ("192.0.0.192", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::ffff:168.63.129.16", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("64:ff9b::a01:203", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
    ],
)
def test_public(address: str, public: bool) -> None:
    """Public is what anybody can ask; not what a provider keeps for its own machines, nor a way in by another form."""
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_one_deadline(scheme: str) -> None:
    """A host that sends a byte now and then without end is left when the time is over."""
    left = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: " if scheme == "http" else b"\x16\x03\x03\x3f\xff\x02\0")
            while True:  # nothing else than the asker's going ends it
                connection.sendall(b"\0" if scheme == "https" else b"a")
                time.sleep(0.02)
        except OSError:
            left.set()
        finally:
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = threading.Thread(target=drip, args=(listening,), daemon=True)
        dripping.start()
        address = f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/a"
        answers = list(Asker("test", pause=0, timeout=30, allowed=anywhere).ask_all([address], 0.5))
        dripping.join(60)
        assert left.is_set()
    assert answers == [Answer(address, Verdict.UNSURE, "TimeoutError")]


def test_a_slow_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody answers for is left, too."""
    hanging = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: hanging.wait())
    answer = Asker("test", pause=0, timeout=0.1).ask("http://cham.example/")
    hanging.set()
    assert answer == Answer("http://cham.example/", Verdict.UNSURE, "TimeoutError")


def test_answers_are_told_as_they_come() -> None:
    """Of a report that is cut off stays what had come in."""
    where = {f"https://a.example/{n}": [f"content/a.md:{n}"] for n in range(3)}
    answers = iter([Answer(address, Verdict.GONE, "404") for address in where])
    said = lines(answers, where, Words.load(SITE_CONFIG, "en"))
    assert [next(said) for _ in range(3)][-1] == "- **Gone**: <https://a.example/0> (404): `content/a.md:0`"
    assert len(list(answers)) == 2


def test_nobody_there() -> None:
    """A host that does not exist is gone; a port where nobody listens may be back tomorrow."""
    assert ASKER.ask("http://127.0.0.1:1/").verdict is Verdict.UNSURE
    assert ASKER.ask("http://khong-co.invalid/").verdict in (Verdict.GONE, Verdict.UNSURE)


def test_command(toy_copy: Paths, base: str, server: _Server, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the file and line of each address; one on this machine it does not ask."""
    for file in PLACES:
        path = toy_copy.content / file
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'"https://[^"]*"', f'"{base}/fine"', text), encoding="utf-8")
    assert main(["links", "--timeout", "2", "--root", str(toy_copy.content.parent)]) == 0
    said = capsys.readouterr().out
    (line,) = [line for line in said.splitlines() if "/fine" in line]
    assert line.startswith(f"- **Không phải địa chỉ công khai, không hỏi**: <{base}/fine>: ")
    assert sorted(re.findall(r"`content/(.+?):(\d+)`", line)) == [(file, str(at)) for file, at in PLACES.items()]
    assert "- Không phải địa chỉ công khai, không hỏi: 1" in said
    assert server.asked == []


def test_report(toy_copy: Paths, knowledge: Knowledge) -> None:
    """Each verdict is told and counted; an address can't leave its line, whatever it holds."""
    official = Path(toy_copy.content / "officials" / "lo-sang.md")
    text = official.read_text(encoding="utf-8").replace(
        "\nname:", '\nsame_as: ["https://a.example/`x`|<b>*", "https://b.example/"]\nname:', 1
    )
    official.write_text(text, encoding="utf-8")
    where = addresses(record for _, record in records(toy_copy, knowledge, Report()))
    assert where["https://b.example/"] == ["content/officials/lo-sang.md:2"]
    answers = [Answer(address, Verdict.GONE, "404") for address in where if "b.example" in address]
    answers.append(Answer("https://a.example/`x`|<b>*", Verdict.HOME, "200", "https://a.example/"))
    where.setdefault(answers[-1].address, ["content/officials/lo-sang.md:2"])
    said = list(lines(answers, where, Words.load(SITE_CONFIG, "en")))
    assert "- **Gone**: <https://b.example/> (404): `content/officials/lo-sang.md:2`" in said
    (home,) = [line for line in said if line.startswith("- **Leads to a front page only**: ")]
    assert home.partition(": ")[2].startswith("<https://a.example/%60x%60%7C%3Cb%3E*> → <https://a.example/> (200)")
    assert "- Leads to a front page only: 1" in said
