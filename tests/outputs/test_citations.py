"""RIS and BibTeX: what a source states of articles and documents, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archives import load_archive, paths_of, write_files
from tests.made_site import make_site

ARTICLE = """---
title: "100% {{xã}} & A_B"
{more}rights: full
---

Một đoạn.
"""
DOCUMENT = """---
type: ket-luan
name: "Kết luận số 43-KL/TW"
number: "43-KL/TW"
date: "{date}"
---
"""
KNOWN = 'byline: ["Cao Sương", "Lâm Khê"]\npublisher: "Báo Mây"\npublished: "2024-04-12"\nsource: {url: "https://a.example/{1}"}\n'


def citations(tmp_path: Path, article: str, date: str = "2019") -> tuple[str, str]:
    """Both files of an archive of one article, whose front matter has these lines too, and one document."""
    files = {
        "articles/2024/bai.md": ARTICLE.replace("{more}", article).replace("{{", "{").replace("}}", "}"),
        "documents/ket-luan.md": DOCUMENT.format(date=date),
    }
    loaded, _ = load_archive(paths_of(write_files(tmp_path / "content", files), tmp_path / "work"))
    made = make_site(loaded).files
    return made["du-lieu/citations.ris"].decode(), made["du-lieu/citations.bib"].decode()


def test_what_is_known_is_said(tmp_path: Path) -> None:
    """Title, authors, publisher, day and address of an article, number and year of a document; names stay whole."""
    ris, bib = citations(tmp_path, KNOWN)
    assert ris.startswith("TY  - NEWS\r\nTI  - 100% {xã} & A_B\r\nAU  - Cao Sương,\r\nAU  - Lâm Khê,\r\nT2  - Báo Mây")
    assert "PY  - 2024\r\nDA  - 2024/04/12/\r\nUR  - https://a.example/{1}\r\n" in ris
    assert "TY  - GOVDOC\r\nTI  - Kết luận số 43-KL/TW\r\nIS  - 43-KL/TW\r\nPY  - 2019\r\nID" in ris
    assert ris.count("ER  - \r\n") == 2
    assert bib.startswith("@article{articles/bai,\n")
    assert "title = {100\\% \\textbraceleft{}xã\\textbraceright{} \\& A\\_B},\n" in bib
    assert "author = {{Cao Sương} and {Lâm Khê}},\n  journal = {Báo Mây},\n  year = {2024},\n  month = {4},\n" in bib
    assert "url = {https://a.example/%7B1%7D}" in bib
    assert bib.count("{") == bib.count("}")


@pytest.mark.parametrize("date", ["2019?", "2019~", "201X", "2019/2020", "XXXX-04-11", "2019-33"])
def test_what_is_not_sure_is_left_out(date: str, tmp_path: Path) -> None:
    """No author, publisher or address is invented, and no date of which a source is not sure is given."""
    ris, bib = citations(tmp_path, f'published: "{date}"\n', date)
    for tag in ("AU", "T2", "PY", "DA"):
        assert f"\n{tag}  - " not in ris
    for field in ("author", "journal", "year", "month", "url"):
        assert f"  {field} = " not in bib
