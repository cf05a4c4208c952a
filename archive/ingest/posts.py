"""Recognises posts, ranks and the small words of a list of people, before anybody asks whose they are.

In: a stretch of a sentence between two names. Out: tokens. A post is a head (`Phó Chủ tịch`) and all that
belongs to it: the names of bodies with the commas and dashes inside them (`Sở Văn hóa, Thể thao và Du lịch`),
units (`xã …, huyện …`), up to a sign, a verb, or a word that no post holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from archive.ingest.rules.people import PeopleRules
from archive.language.spelling import unified


class Sign(Enum):
    """What a token is. `LINK` joins a post and its list (`gồm`), `LEAD` a name and its post (`hiện là`)."""

    NAME = "name"
    POST = "post"
    RANK = "rank"
    ADDRESS = "address"
    SEVERAL = "several"
    LEAD = "lead"
    LINK = "link"
    ALL = "all"
    AND = "and"
    COMMA = ","
    SEMICOLON = ";"
    COLON = ":"
    DASH = "-"
    OPEN = "("
    CLOSE = ")"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """Half-open bounds in the sentence.

    `loose`: a post that holds words which posts seldom hold; `cut`: one ended by a word that isn't known to end posts.
    """

    sign: Sign
    start: int
    end: int
    loose: bool = False
    cut: bool = False


_PUNCTUATION = {sign.value: sign for sign in (Sign.COMMA, Sign.SEMICOLON, Sign.COLON, Sign.OPEN, Sign.CLOSE)}
_SPACE = re.compile(r"[\s\u00a0\"\u201c\u201d.]+")
_WORD = re.compile(r"[^\s\u00a0,;:()]+")
_DASH = re.compile(r"[-\u2013\u2014](?=\s|[^\W\d_])|[-\u2013\u2014]$")
_DASH_INSIDE = re.compile(r"\s?[-\u2013\u2014]\s?")
_QUOTED = re.compile(r"[\s\u00a0]*[\u201c\"][^\u201c\u201d\",;]{1,40}[\u201d\"]")
_COMMA = re.compile(r"\s?,\s?")
_SYLLABLES_OF_A_WORD = 2
_TRIM = " \t\u00a0,;:.-\u2013\u2014\"'\u201c\u201d"


class PostReader:
    """The words of posts of one archive (site-config/people.yml)."""

    def __init__(self, people: PeopleRules, head: re.Pattern[str]) -> None:
        ranks = [*people.ranks, *(rank.lower() for rank in people.ranks)]
        self.head = head
        told = any_of(people.told_heads)
        self._aside = re.compile(rf"\s?,\s?(?:{'|'.join(map(unified, people.asides))})(?=\s?[,(])")
        self._told = re.compile(rf"(?:{told})(?!\w)")
        self._group = re.compile(rf"(?:{any_of(people.told_groups)})(?!\w)")
        self._and = re.compile(rf"(?:{any_of([*people.and_words, *people.also_words])})(?!\w)")
        self._also = re.compile(rf"(?:{any_of(people.also_words)})\s+")
        self._inner_and = re.compile(rf"(?:{any_of(people.inner_and_words)})(?!\w)")
        self._tail = re.compile(rf"\s(?:{any_of(people.head_tails)})(?!\w)")
        self._board = re.compile(rf"(?<=[Bb]an )(?:{any_of(people.board_words)})(?!\w)")
        singular, several = people.honorifics, people.plural_markers
        numerals = any_of(people.several_words)
        self._small = (
            (Sign.SEVERAL, re.compile(rf"(?i:{any_of(several)})(?!\w)|(?i:{numerals})(?=\s{head.pattern})")),
            (Sign.ADDRESS, re.compile(rf"(?:{any_of(singular)})(?!\w)", re.IGNORECASE)),
            (Sign.RANK, re.compile(rf"(?:{any_of([*ranks, *people.academic])})\.?(?!\w)")),
            (Sign.ALL, re.compile(rf"(?:{any_of(people.all_of_them)})(?!\w)")),
            (Sign.LEAD, re.compile(rf"(?:{any_of(people.role_leads)})(?!\w)")),
            (Sign.LINK, re.compile(rf"(?:{any_of(people.list_links)})(?!\w)")),
            (Sign.AND, self._and),
        )
        self._stop = re.compile(
            rf"(?!(?:{any_of(people.not_stops)})(?!\w))(?:{any_of(people.role_stops)})(?!\w)"
            rf"|(?:{any_of([*singular, *several])})(?=\s[^\W\d_a-z])"
        )
        others = rf"{any_of([*singular, *several, *people.and_others])}|\d"
        self._degree = re.compile(rf"(?:{any_of(people.academic)})\.?(?!\w)")
        self._others = re.compile(rf"(?:{others})(?!\w)|\d", re.IGNORECASE)
        self._unit = re.compile(rf"(?:{any_of(people.unit_heads)})(?!\w)")
        self._church = re.compile(rf"(?:{any_of(people.church_units)})(?!\w)")
        shapes = "|".join(people.head_shapes)
        self._shape = re.compile(shapes)
        self._whole = re.compile(rf"(?:.*\s)?(?:{any_of(people.whole_posts)})|{shapes}")
        self._inside = frozenset(map(unified, people.post_words))
        self._phrase = re.compile(rf"(?:{any_of(people.post_phrases)})(?!\w)")
        self._not_post = re.compile(rf"(?:{any_of([*people.not_posts, *people.not_address])})(?!\w)")
        self._on_behalf = re.compile(rf"(?:{any_of(people.on_behalf_of)})\s")
        self._in_brackets = re.compile(rf"\s?\((?:(?:{any_of(people.unit_heads)})(?!\w)|[^\W\d_a-z])[^(),;:]{{0,25}}\)")

    def tokens(self, shown: str, start: int, end: int, *, before_name: bool) -> Iterator[Token]:
        """The tokens of `shown[start:end]`; `before_name`: a name follows at `end`."""
        at = start
        while at < end:
            if skipped := _SPACE.match(shown, at, end) or self._aside.match(shown, at, end):
                at = skipped.end()
                continue
            token = self._token(shown, at, end, before_name, start)
            if token.sign is Sign.RANK:
                token = self._whole_rank(shown, token, end, before_name)
            yield token
            at = token.end

    def _whole_rank(self, shown: str, rank: Token, end: int, before_name: bool) -> Token:
        """`ThS. BS` is one title, `Mục sư quản nhiệm` and `Giám mục Giáo phận …` are one post."""
        space = _SPACE.match(shown, rank.end, end)
        at = space.end() if space else end
        if at >= end:
            return rank
        if self._degree.match(shown, rank.start) and (second := self._degree.match(shown, at, end)):
            return Token(Sign.RANK, rank.start, second.end())
        if self._church.match(shown, at, end):
            post = self._post(shown, at, at, end, before_name)
            return Token(Sign.POST, rank.start, post.end, post.loose, post.cut)
        head = self.head.match(shown, at, end) if shown[at].islower() else None
        if head is None or self._degree.match(shown, at) or self._small[2][1].match(shown, at):
            return rank
        post = self._post(shown, at, head.end(), end, before_name)
        return Token(Sign.POST, rank.start, post.end, post.loose, post.cut)

    def _token(self, shown: str, at: int, end: int, before_name: bool, start: int) -> Token:
        sign = _PUNCTUATION.get(shown[at]) or (Sign.DASH if _DASH.match(shown, at, end) else None)
        if sign:
            return Token(sign, at, at + 1)
        if skipped := self._skipped(shown, at, end, before_name):
            return Token(Sign.WORD, at, skipped)
        small = self._small_word(shown, at, end)
        head = self.head.match(shown, at, end) or self._told_head(shown, at, end, start)
        if head and (small is None or head.end() > small[1].end()):
            return self._post(shown, at, head.end(), end, before_name)
        if small:
            return Token(small[0], at, small[1].end())
        word = _WORD.match(shown, at, end)
        return Token(Sign.WORD, at, word.end() if word else at + 1)

    def _skipped(self, shown: str, at: int, end: int, before_name: bool) -> int:
        """Where words end that only look like a post, or that bring an absent person's post; 0 where there are none."""
        if absent := self._on_behalf.match(shown, at, end):
            head = self.head.match(shown, absent.end(), end)
            return self._extent(shown, head.start(), head.end(), end, before_name, is_loose=False) if head else 0
        words = self._not_post.match(shown, at, end)
        return words.end() if words else 0

    def _small_word(self, shown: str, at: int, end: int) -> tuple[Sign, re.Match[str]] | None:
        return next(((sign, found) for sign, pattern in self._small if (found := pattern.match(shown, at, end))), None)

    def _told_head(self, shown: str, at: int, end: int, start: int) -> re.Match[str] | None:
        """Only behind a comma: `Mục sư A, đại diện Hội thánh …`; not a group: `A, post, đại diện lãnh đạo …`."""
        if at == start or (shown[start:at].strip(_TRIM) and self._group.match(shown, at, end)):
            return None
        return self._told.match(shown, at, end) if shown[:at].rstrip().endswith((",", "-", "\u2013")) else None

    def _post(self, shown: str, start: int, at: int, end: int, before_name: bool) -> Token:
        """The whole post whose head ends at `at`. Words that posts seldom hold belong to it if a name follows them."""
        if tail := self._tail.match(shown, at, end):
            at = tail.end()
        strict = self._extent(shown, start, at, end, before_name, is_loose=False)
        if before_name and strict < end and not self._has_post(shown, strict, end):
            loose = self._extent(shown, start, at, end, before_name, is_loose=True)
            if loose == end and loose > strict:
                return Token(Sign.POST, start, loose, loose=True)
        space = _SPACE.match(shown, strict, end)
        behind = space.end() if space else end
        is_cut = behind < end and shown[behind].islower() and not self._ends_posts(shown, behind, end)
        return Token(Sign.POST, start, strict, cut=is_cut)

    def _has_post(self, shown: str, start: int, end: int) -> bool:
        """Another post stands nearer to the name: `Thứ trưởng giao Vụ trưởng …`; small letters may be a body's name."""
        return any(head[0][0].isupper() for head in self.head.finditer(shown, start, end))

    def _ends_posts(self, shown: str, at: int, end: int) -> bool:
        return bool(self._stop.match(shown, at, end) or self._and.match(shown, at, end)) or not self._goes_on(
            shown, at, end
        )

    def _extent(self, shown: str, start: int, at: int, end: int, before_name: bool, *, is_loose: bool) -> int:
        done = at
        while done < end:
            step = self._step(shown, start, done, end, before_name, is_loose)
            if step is None:
                break
            done = step
        return done

    def _step(self, shown: str, start: int, at: int, end: int, before_name: bool, is_loose: bool) -> int | None:
        """Where the post has got to with one more word; None where it ends at `at`."""
        if comma := _COMMA.match(shown, at, end):
            return self._over_comma(shown, comma.end(), end, before_name)
        if dash := _DASH_INSIDE.match(shown, at, end):
            return self._over_dash(shown, start, dash, end)
        if bracket := self._in_brackets.match(shown, at, end):
            return None if self.head.search(bracket.group()) else bracket.end()
        if quoted := _QUOTED.match(shown, at, end):  # `Trưởng ban vận động Quỹ “Vì người nghèo” xã`
            return quoted.end()
        space = _SPACE.match(shown, at, end)
        word_at = space.end() if space else at
        if space and space.group().strip(" \u00a0") and not self._is_short(shown, start, at, space):
            return None
        if word_at >= end:
            return end if before_name else None
        return self._over_word(shown, start, word_at, end, is_loose)

    def _over_dash(self, shown: str, start: int, dash: re.Match[str], end: int) -> int | None:
        """A dash inside a name of a body, or between two heads of one post: `Chỉ huy phó - Tham mưu trưởng …`."""
        is_bare = self.head.fullmatch(shown, start, dash.start()) is not None
        joins = is_bare and self._whole.fullmatch(shown, start, dash.start()) is None
        return dash.end() if joins or self._goes_on(shown, dash.end(), end) else None

    def _is_short(self, shown: str, start: int, at: int, stop: re.Match[str]) -> bool:
        """Whether a stop ends an abbreviated head that goes on: `CT. HĐND phường`."""
        goes_on = stop.group().startswith(".") and shown[stop.end() : stop.end() + 1].isupper()
        return goes_on and shown[start:at].isupper() and self.head.fullmatch(shown, start, at) is not None

    def _over_word(self, shown: str, start: int, at: int, end: int, is_loose: bool) -> int | None:
        """The end of the word at `at` if it belongs to the post that began at `start`."""
        held = shown[start:at].strip(_TRIM)
        if held.isupper() and self._shape.fullmatch(held) and self.head.match(shown, at, end):
            return None  # `UVBTV Chủ tịch UBND xã`
        if self._and.match(shown, at, end):
            return self._over_joint(shown, at, end)
        if board := self._board.match(shown, at, end):
            return board.end()
        if phrase := self._phrase.match(shown, at, end):
            return phrase.end()
        if self._stop.match(shown, at, end):
            return None
        word = _WORD.match(shown, at, end)
        if word is None:
            return None
        done = self._before_next_post(shown, word)
        belongs = is_loose or self._is_inside(shown[at:done]) or self._is_second_syllable(shown[start:at])
        return done if belongs else None

    def _before_next_post(self, shown: str, word: re.Match[str]) -> int:
        """Where a word ends; a dash that another post is glued to ends it: `PBT Đảng ủy-CT. HĐND`."""
        dash = word[0].find("-")
        if dash > 0 and self.head.match(shown, word.start() + dash + 1, word.end()):
            return word.start() + dash
        return word.end()

    def _over_joint(self, shown: str, at: int, end: int) -> int | None:
        """`Tuyên giáo và Dân vận`, `Bí thư kiêm Trưởng thôn` go on; `và Phó Chủ tịch`, `và` with a name do not."""
        if (also := self._also.match(shown, at, end)) and (head := self.head.match(shown, also.end(), end)):
            return head.end()
        joint = self._inner_and.match(shown, at, end)
        space = _SPACE.match(shown, joint.end(), end) if joint else None
        if joint is None or space is None or space.end() >= end:
            return None
        if self._degree.match(shown, space.end(), end):
            return None
        if self.head.match(shown, space.end(), end) or self._others.match(shown, space.end(), end):
            phrase = self._phrase.match(shown, space.end(), end)
            return phrase.end() if phrase else None
        word = _WORD.match(shown, space.end(), end)
        return joint.end() if word and self._is_inside(word[0]) else None

    def _over_comma(self, shown: str, after: int, end: int, before_name: bool) -> int | None:
        """A comma inside a post: the name of its body, or its unit, goes on behind it."""
        if after >= end or not self._goes_on(shown, after, end):
            return None
        if unit := self._unit.match(shown, after, end):
            space = _SPACE.match(shown, unit.end(), end)
            return None if space and self._stop.match(shown, space.end(), end) else after  # `, xã có 14 bản`
        return after if self._is_part_of_a_name(shown, after, end, before_name) else None

    def _is_part_of_a_name(self, shown: str, after: int, end: int, before_name: bool) -> bool:
        """Whether the name of a body goes on behind a comma: `Sở Văn hóa, Thể thao và Du lịch`, `dân tộc, tôn giáo`."""
        segment = re.split(r"[,;:()]", shown[after:end], maxsplit=1)[0]
        reaches_name = before_name and after + len(segment) == end
        is_pair = self._inner_and.search(segment) is not None
        if segment[:1].isupper():
            return is_pair or not reaches_name
        words = self._inner_and.sub(" ", segment).split()
        is_word = len(words) == _SYLLABLES_OF_A_WORD and not reaches_name
        return (is_pair or is_word) and all(map(self._is_inside, words))

    def _goes_on(self, shown: str, at: int, end: int) -> bool:
        """Whether no new post, person or rank begins here."""
        if self.head.match(shown, at, end) or self._others.match(shown, at, end):
            return False
        return not any(pattern.match(shown, at, end) for _, pattern in self._small)

    def _is_second_syllable(self, before: str) -> bool:
        """Whether one capital word stands alone in front: `Hội tương tế` names a body, `xã Lăng` needs no more."""
        *_, other, last = ["", "", *before.split()]
        is_alone = not other.istitle() and self._unit.fullmatch(other) is None
        return last[:1].isupper() and not last.isupper() and is_alone

    def _is_inside(self, word: str) -> bool:
        """Capitals, figures, and the small words that posts hold."""
        plain = word.strip(_TRIM)
        return not plain or not plain[0].islower() or all(part in self._inside for part in plain.split("-"))


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    forms = {re.escape(unified(word)) for word in words}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


def cleaned(role: str) -> str:
    """A role as printed, without what only stood around it."""
    plain = " ".join(role.split()).strip(_TRIM)
    if plain.count(")") > plain.count("("):
        plain = plain.rstrip(")").rstrip()
    return plain if plain.count("(") <= plain.count(")") else plain.lstrip("(")
