"""Addresses that answer in every way there is, on a server of this machine."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.commands.links import addresses, lines
from archive.commands.main import main
from archive.commands.words import Words
from archive.config import Paths
from archive.holdings import records
from archive.knowledge import Knowledge
from archive.problems import Report
from archive.reach import Answer, Asker, Verdict
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
    "articles/1994/nhung-nam-chin-muoi.md": 17,
    "articles/2019/huyen-dong-may-doi-thoai.md": 18,
    "articles/2020/truong-lang-cham-so-ket.md": 15,
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


ASKER = Asker("archive-links (test)", pause=0, timeout=60, inside=True)
HASTY = Asker("archive-links (test)", pause=0, timeout=0.2, inside=True)


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
    answers = ASKER.ask_all([*asked, *asked])
    assert set(answers) == set(asked)
    assert sorted(server.asked) == sorted(("HEAD", f"/{number}") for number in range(12))
    assert server.most_at_once == 1
    assert server.agents == {"archive-links (test)"}


def test_pause(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each request to a host there is a pause."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    Asker("test", pause=0.2, inside=True).ask_all([f"{base}/a", f"{base}/b", f"{base}/c"])
    assert slept.count(0.2) == 3


def test_an_end(base: str) -> None:
    """When the time is over, nothing more is asked, and the report says how much was left out."""
    where = {f"{base}/{number}": [f"content/a.md:{number}"] for number in range(20)}
    answers = Asker("test", pause=0.1, inside=True).ask_all(where, 0.3)
    assert 0 < len(answers) < 20
    said = "\n".join(lines(answers.values(), where, Words.load(SITE_CONFIG, "en")))
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
    answers = Asker("test", pause=0).ask_all([address])
    assert answers[address].verdict in (Verdict.INSIDE, Verdict.UNSURE)
    assert server.asked == []
    if address.startswith(base):
        assert answers[address].verdict is Verdict.INSIDE


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
    (line,) = [line for line in said.splitlines() if line.startswith("- ")]
    assert line.startswith(f"- <{base}/fine>: ")
    assert sorted(re.findall(r"`content/(.+?):(\d+)`", line)) == [(file, str(at)) for file, at in PLACES.items()]
    assert "Không phải địa chỉ công khai, không hỏi (1)" in said
    assert server.asked == []


def test_report(toy_copy: Paths, knowledge: Knowledge) -> None:
    """Each verdict has a section; an address can't leave its line, whatever it holds."""
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
    assert "- <https://b.example/> (404): `content/officials/lo-sang.md:2`" in said
    home = said[said.index("### Lead to a front page only (1)") + 2]
    assert home.startswith("- <https://a.example/%60x%60%7C%3Cb%3E*> → <https://a.example/> (200)")
