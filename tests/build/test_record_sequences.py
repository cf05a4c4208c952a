"""Whatever happens to records, in whatever order: no address is lost, and nothing else changes in the files."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.build.records import carry_out, draft_of
from archive.build.site import check
from archive.config import load_yaml
from archive.knowledge import Knowledge, Redirect, redirects_of
from archive.problems import Catalogue, Report, Severity
from archive.read.nodes import Value, front_of, tree
from archive.records import Draft, Edit, Refused, Stamp, Subject, correct, merge, remove, rename, split, subject_of
from tests.archives import QUIET, said
from tests.build.changing import ARTICLES, Changing

BLOCKS = 100
EACH = 2  # sequences in a block
STEPS = 7
COMMENT = "# lời nhắn của biên tập viên"
STAMP = Stamp("2026-12-01", "Lý do để thử.")
IDS = [f"moi-{number}" for number in range(4)]
Change = Callable[[Draft], None]


@dataclass
class Sequence:
    """Changes of one archive; `published` are the addresses of records that it ever had."""

    archive: Changing
    choose: random.Random
    knowledge: Knowledge
    published: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)

    def subjects(self, draft: Draft, *, articles: bool | None = None) -> list[Subject]:
        kinds = draft.knowledge.kinds
        keys = [key.split("/") for key in sorted(draft.paths) if key.split("/")[0] in kinds]
        found = [Subject(kinds[kind], id, draft.paths[f"{kind}/{id}"]) for kind, id in keys]
        return [one for one in found if articles in (None, one.is_article)]

    def step(self) -> None:
        draft = draft_of(self.archive.paths, self.knowledge)
        self.published |= {one.address for one in self.subjects(draft)}
        kind = self.choose.choice([self.renamed, self.merged, self.split, self.removed, self.corrected])
        change = kind(draft)
        try:
            plan = carry_out(self.archive.paths, change, QUIET, do=True)
        except Refused:
            return
        if not plan.hindered:
            self.done[kind.__name__] += 1
            for edit in plan.edits:
                assert unintended(edit) == [], edit.path

    def renamed(self, draft: Draft) -> Change:
        subject = self.choose.choice(self.subjects(draft))
        id = self.choose.choice([*IDS, subject.id, self.choose.choice(self.subjects(draft)).id])
        return lambda draft: rename(draft, subject, id, STAMP)

    def merged(self, draft: Draft) -> Change:
        gone = self.choose.choice(self.subjects(draft))
        kept = self.choose.choice([one for one in self.subjects(draft) if one.kind == gone.kind])
        return lambda draft: merge(draft, gone, kept, STAMP)

    def split(self, draft: Draft) -> Change:
        subject = self.choose.choice(self.subjects(draft, articles=False))
        articles = [one for one in self.subjects(draft, articles=True) if subject.id in draft.text(one.path)]
        some = self.choose.sample(articles, min(len(articles), self.choose.randint(1, 2)))
        rest = self.choose.choice([None, *IDS])
        return lambda draft: split(draft, subject, self.choose.choice(IDS), some, STAMP, rest)

    def removed(self, draft: Draft) -> Change:
        subject = self.choose.choice(self.subjects(draft))
        return lambda draft: remove(draft, subject, STAMP)

    def corrected(self, draft: Draft) -> Change:
        subject = self.choose.choice(self.subjects(draft))
        name, value = self.choose.choice([("aliases", "[Tên khác]"), ("topics", "[dân vận]"), ("publisher", "Báo Mới"),
                                          ("period", "2023"), ("date", "2022-03-04"), ("level", "null")])  # fmt: skip

        def change(draft: Draft) -> None:
            correct(draft, subject, name, value, STAMP)

        return change


def leaves(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        for held in value.values():
            yield from leaves(held)
    elif isinstance(value, list):
        for held in value:
            yield from leaves(held)
    elif value is not None:
        yield value


def unintended(edit: Edit) -> list[str]:
    """What a file has gained, or lost, beside ids, what was united, and the correction.

    A file that keeps its place may lose only lines that name a record or rest on one; comments and text all stay.
    """
    if edit.before_path is None or edit.path is None or not edit.path.startswith("content/"):
        return []
    before, after = edit.before.decode(), edit.after.decode()
    found = [] if after.count(COMMENT) == before.count(COMMENT) else ["a comment"]
    old, new = front_of(before), front_of(after)
    if not new.whole[new.start + len(new.text) :].startswith(old.whole[old.start + len(old.text) :].rstrip()):
        found.append("the text")
    lines, now = old.text.splitlines(), new.text.splitlines()
    once = {line for line in lines if lines.count(line) == now.count(line) == 1}
    if [line for line in now if line in once] != [line for line in lines if line in once]:
        found.append("the order of lines")
    gained = Counter(leaves(tree(new.root))) - Counter(leaves(tree(old.root)))
    was_corrected = STAMP.reason in gained
    if not was_corrected:  # another record changed, and this one pointed to it: nothing but ids is new
        found += [leaf for leaf in gained if not re.fullmatch(r"[a-z0-9-]+", leaf)]
    return found


def problems(archive: Changing) -> str:
    """Errors and warnings; that two names are alike is a notice, and stays one.

    That no article names a record any more is what a change leaves to the editor: told of these records alone.
    """
    report, catalogue = Report(), Catalogue.load(archive.paths.site_config)
    check(archive.paths, report, QUIET)
    articles = "".join(path.read_text(encoding="utf-8") for path in archive.path(ARTICLES).rglob("*.md"))
    report.found = [
        one
        for one in report
        if catalogue.severity(one) is not Severity.NOTICE
        and not (one.code == "record-unused" and not is_named(Path(one.path), articles))
    ]
    return said(report)


def is_named(record: Path, articles: str) -> bool:
    """Whether articles point to the record of a file: `official: "id"` to content/officials/id.md."""
    field = record.parent.name.removesuffix("s")
    return bool(re.search(rf'\b{field}: "?{record.stem}(?![\w-])', articles))


def moved(archive: Changing) -> dict[str, Redirect]:
    lines = redirects_of(load_yaml(archive.paths.site_config / "redirects.yml"))
    assert len({line.from_ for line in lines}) == len(lines)
    return {line.from_: line for line in lines}


def unanswered(archive: Changing, addresses: set[str]) -> list[str]:
    """Addresses without a page, and those that lead to an address that itself leads on."""
    lines, lost = moved(archive), []
    for address in sorted(addresses):
        target = lines[address].to if address in lines else address
        if target in lines or not (archive.out / target.strip("/") / "index.html").is_file():
            lost.append(f"{address} → {target}")
    return lost


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Changing:
    """The toy archive with comments in all its files, as it is published."""
    archive = Changing(tmp_path_factory.mktemp("records"))
    for path in sorted(archive.paths.content.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        lines = text.replace("---\n", f"---\n{COMMENT}\n", 1).replace("\nrights:", f"\n{COMMENT} nữa\nrights:", 1)
        path.write_text(lines, encoding="utf-8", newline="\n")
    return archive


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All blocks of sequences with --long, otherwise the first."""
    if "block" in metafunc.fixturenames:
        metafunc.parametrize("block", range(BLOCKS if metafunc.config.getoption("--long") else 1))


def test_any_sequence_loses_no_address(archive: Changing, knowledge: Knowledge, quick: None, block: int) -> None:
    """Rename, merge, split, remove, correct: every address ever published answers in one step; `check` is clean."""
    assert archive.build() == ""
    redirects = archive.path("site-config/redirects.yml")
    first = {path: path.read_bytes() for path in [*archive.paths.content.rglob("*"), redirects] if path.is_file()}
    done: Counter[str] = Counter()
    for seed in range(block * EACH, (block + 1) * EACH):
        sequence = Sequence(archive, random.Random(seed), knowledge)
        try:
            for _ in range(STEPS):
                sequence.step()
            assert problems(archive) == "", seed
            archive.build()
            assert unanswered(archive, sequence.published) == [], seed
        finally:
            put_back(archive, first)
        done.update(sequence.done)
    assert done, "nothing was done"


def put_back(archive: Changing, first: dict[Path, bytes]) -> None:
    now = {path for path in archive.paths.content.rglob("*") if path.is_file()}
    for path in now - first.keys():
        path.unlink()
    for path, data in first.items():
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def test_the_subject_is_named_in_every_way(archive: Changing) -> None:
    """By id, by kind and id, by file and by address; an id of two kinds asks which."""
    draft = draft_of(archive.paths)
    names = ["lo-sang", "officials/lo-sang", "official/lo-sang", "content/officials/lo-sang.md", "/nguoi/lo-sang/"]
    assert {subject_of(draft, name).path for name in names} == {"content/officials/lo-sang.md"}
    with pytest.raises(Refused, match="records-several"):
        subject_of(draft, "tong-ket-dan-van-2023")
