"""The command line of the benchmarks: it explains itself, and fetches nothing that nobody asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench import import_bench
from bench.__main__ import BENCHES, main, make_parser, words_of

Captured = pytest.CaptureFixture[str]
SAID = {"vi": "ngôn ngữ của lời giải thích này", "en": "language of these explanations"}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("bench", [None, *BENCHES])
def test_help_explains_instead_of_running(bench: str | None, language: str, capsys: Captured) -> None:
    """`--help` prints what the benchmark does in the chosen language, exits 0 and measures nothing."""
    with pytest.raises(SystemExit) as left:
        main([*([bench] if bench else []), "--help", "--lang", language])
    assert left.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert SAID[language] in said
    about = words_of(["--lang", language])(f"about-{bench}" if bench else "about")
    assert " ".join(about.split()) in said


@pytest.mark.parametrize("arguments", [[], ["imprt"], ["import", "--mises"], ["import", "--lang", "fr"]])
def test_wrong_use(arguments: list[str], capsys: Captured) -> None:
    """A benchmark or an option that isn't there is wrong use, and nothing is run."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: python3 build.py bench")


@pytest.mark.parametrize("bench", BENCHES)
def test_every_option_is_explained(bench: str) -> None:
    """An option without words helps nobody."""
    words = words_of([])
    (chosen,) = (action for action in make_parser(words, [bench])._actions if action.dest == "bench")
    assert isinstance(chosen.choices, dict)
    assert all(action.help for action in chosen.choices[bench]._actions)


@pytest.fixture
def one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A labelled set of one report, and nothing that may be installed."""
    (tmp_path / "tuned").mkdir()
    (tmp_path / "tuned" / "001.txt").write_text(
        "Họp ở xóm Gió\n\nNgày 3/2/2024, ông Mạc Văn An phát biểu.\n", encoding="utf-8"
    )
    labels = "title: Họp ở xóm Gió\ndate: '2024-02-03'\nlevel: null\nplace: null\n"
    (tmp_path / "tuned" / "001.yml").write_text(labels, encoding="utf-8")
    monkeypatch.setattr(import_bench, "EVAL", tmp_path)
    monkeypatch.setattr(import_bench, "ROOT", tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something is installed")

    monkeypatch.setattr("venv.create", refuse)
    monkeypatch.setattr("subprocess.run", refuse)
    return tmp_path


@pytest.mark.parametrize("arguments", [[], ["--no-peers"], ["--misses"]])
def test_nothing_is_fetched_unless_asked_for(arguments: list[str], one_report: Path, capsys: Captured) -> None:
    """Without `--peers` the importer is measured and no process is started."""
    assert main(["import", *arguments]) == 0
    said = capsys.readouterr()
    assert "tuned: 1 reports" in said.out and "doubts of" in said.out and "an article" in said.out
    assert "underthesea" not in said.out + said.err
    assert not (one_report / ".build").exists()


def test_the_peer_is_announced_and_pinned(one_report: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """With `--peers` it is said what comes, how large, and where to, before it comes; if it can't, what to do."""
    said: list[str] = []
    monkeypatch.setattr("venv.create", lambda *_, **__: said.append(capsys.readouterr().err))
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 1, "", "WARNING: chậm\nERROR: không có mạng\nWARNING: hết\n")

    monkeypatch.setattr("subprocess.run", run)
    assert main(["import", "--peers"]) == 1
    version = import_bench.PEER_VERSION
    assert said == [f"cài underthesea {version} từ PyPI vào .build/bench/underthesea-{version} (khoảng 20 MB)…\n"]
    assert asked[0][-1] == f"underthesea=={version}"
    assert f"underthesea {version}: không cài được (ERROR: không có mạng)" in capsys.readouterr().err
