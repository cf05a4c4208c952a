"""What a text states that one cited document does to another.

In: the words between two citations of one sentence. Out: a code of site-config/relations.yml, or
None. `Kết luận số 54-KL/TW … về Tiếp tục thực hiện Quyết định số 99-QĐ/TW` continues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archive.language.spelling import comparable
from archive.rules.vocabularies import Relation

_LONGEST_GAP = 90
_OPENING = r"^(?:[\s,]*\([^)]*\))?[\s,(\"-]*(?:(?:{})\s+)*[\"\s]*"


class RelationFinder:
    """The cues of one archive, longest first."""

    def __init__(self, relations: Mapping[str, Relation], opening_words: Iterable[str]) -> None:
        self._opening = re.compile(_OPENING.format("|".join(map(re.escape, map(comparable, opening_words)))))
        self._after_comma = {code for code, term in relations.items() if term.after_comma}
        self._cues = sorted(
            ((comparable(cue), code) for code, term in relations.items() for cue in term.cues),
            key=lambda pair: (-len(pair[0]), pair),
        )

    def between(self, gap: str) -> str | None:
        """The relation that the words between two citations state, the first document acting."""
        if len(gap) > _LONGEST_GAP or ";" in gap or ". " in gap:
            return None
        words = self._opening.sub("", comparable(gap))
        for cue, code in self._cues:
            if words.startswith(cue) and len(words) - len(cue) <= 12:
                return None if gap.lstrip().startswith(",") and code not in self._after_comma else code
        return None
