"""`serve` as a process of its own: what is saved shows on the next look at the page."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.config import Paths
from tests.archives import ROOT

PATIENCE = 60  # seconds
# Ctrl+C is heard also where the tests run in the background of a shell, which switches it off.
LISTENING = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("archive", run_name="__main__", alter_sys=True)
"""
ARTICLE = "articles/2023/tong-ket-dan-van-2023.md"
PAGE = "bai-viet/tong-ket-dan-van-2023/"


class Served:
    def __init__(self, paths: Paths) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.base = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.said = paths.content.parent / "said.txt"
        command = [sys.executable, "-c", LISTENING, "serve", "--root", str(paths.content.parent)]
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [*command, "--port", self.base.rpartition(":")[2]], cwd=ROOT, stdout=said, stderr=said
            )

    def page(self, address: str) -> str:
        """The HTML of a page; empty where there is none."""
        try:
            with urllib.request.urlopen(f"{self.base}/{address}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            assert error.code == 404
            return ""

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what was saved to show."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, self.said.read_text(encoding="utf-8")
            assert time.monotonic() < end, self.said.read_text(encoding="utf-8")
            time.sleep(0.05)

    def is_up(self) -> bool:
        try:
            return bool(self.page(""))
        except urllib.error.URLError:
            return False


@pytest.fixture
def served(toy_copy: Paths) -> Iterator[Served]:
    running = Served(toy_copy)
    try:
        running.until(running.is_up)
        yield running
    finally:
        running.process.send_signal(signal.SIGINT)
        try:
            assert running.process.wait(PATIENCE) == 0, running.said.read_text(encoding="utf-8")
        finally:
            running.process.kill()


def aside(file: Path, text: str) -> None:
    """As many editors save: written under another name, then put in place."""
    new = file.with_name(f".{file.name}.tmp")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def test_only_its_own_names_are_answered(served: Served) -> None:
    """A page elsewhere whose name leads to this machine reads nothing."""
    port = int(served.base.rpartition(":")[2])
    hosts = {f"127.0.0.1:{port}": 200, f"LOCALHOST:{port}": 200, f"evil.example:{port}": 421, "evil.example": 421}
    for host, status in hosts.items():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/du-lieu/articles.json", headers={"Host": host})
        assert (host, connection.getresponse().status) == (host, status)
        connection.close()


def test_what_is_saved_shows(served: Served, toy_copy: Paths) -> None:
    """An edit in place, one by renaming, a new file in a new folder, a moved folder, a mistake and its mending."""
    file = toy_copy.content / ARTICLE
    text = file.read_text(encoding="utf-8").rstrip("\n")
    # Without a file there is nothing to hold the text against, which lacks what is added here.
    text = re.sub(r'\n  (file|sha256): ".*"', "", text)
    file.write_text(f"{text}\n\nCâu thêm thứ nhất.\n", encoding="utf-8")
    served.until(lambda: "Câu thêm thứ nhất" in served.page(PAGE))
    aside(file, f"{text}\n\nCâu thêm thứ hai.\n")
    served.until(lambda: "Câu thêm thứ hai" in served.page(PAGE))

    other = toy_copy.content / "articles/1999/bai-them.md"
    other.parent.mkdir()
    other.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    served.until(lambda: "Câu thêm thứ hai" in served.page("bai-viet/bai-them/"))
    other.write_text(f"{text}\n\nCâu thêm thứ ba.\n", encoding="utf-8")
    served.until(lambda: "Câu thêm thứ ba" in served.page("bai-viet/bai-them/"))
    other.parent.rename(other.parent.with_name("1998"))
    moved = toy_copy.content / "articles/1998/bai-them.md"
    moved.write_text(f"{text}\n\nCâu thêm thứ tư.\n", encoding="utf-8")
    served.until(lambda: "Câu thêm thứ tư" in served.page("bai-viet/bai-them/"))

    aside(file, text.replace('level: "trung-uong"', "level: tinh-uy"))
    served.until(lambda: "unknown-level" in served.said.read_text(encoding="utf-8"))
    assert "Câu thêm thứ hai" in served.page(PAGE)
    shutil.rmtree(moved.parent)
    aside(file, f"{text}\n\nCâu thêm thứ năm.\n")
    served.until(lambda: "Câu thêm thứ năm" in served.page(PAGE) and not served.page("bai-viet/bai-them/"))
