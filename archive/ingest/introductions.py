"""Reads who is introduced in a sentence, and with which posts, as printed.

In: one sentence. Out: its names with their posts, each with the rule that gave it. A sentence that introduces
people is a list with a grammar:

    list    = [shared post ":"] member {(";" | "," | "và") member}
    member  = {post ","} [rank] [address] name [("," | "-" | "(") post {("," | "kiêm") post}]

so each stretch between two names is divided once: what belongs to the name before it, what belongs to the name
after it, and how the list goes on between them. A shared post belongs to every member of its list and to nobody
outside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from archive.ingest.names import Name, NameFinder
from archive.ingest.posts import PostReader, Sign, Token, cleaned
from archive.ingest.rules.people import PeopleRules
from archive.language.spelling import unified

_TITLES = {Sign.POST, Sign.RANK}
_JOINTS = {Sign.COMMA, Sign.AND, Sign.DASH}
_SMALL = {Sign.ADDRESS, Sign.SEVERAL, Sign.RANK, Sign.LINK, Sign.LEAD, Sign.ALL}
_BETWEEN_MEMBERS = {*_SMALL, *_JOINTS, Sign.SEMICOLON, Sign.POST}


@dataclass(frozen=True, slots=True)
class Post:
    """A post of one person as printed and the rule that gave it to them.

    `loose`: it holds words that posts seldom hold; `cut`: it was ended by a word that is no known end of posts.
    """

    words: str
    rule: str
    loose: bool = False
    cut: bool = False
    is_rank: bool = False


@dataclass(frozen=True, slots=True)
class Introduced:
    """One name in a sentence with the posts printed for it there."""

    name: Name
    posts: tuple[Post, ...]
    in_group: bool = False
    start: int = 0  # where the posts before the name begin, the name itself without them

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(post.words for post in self.posts))


@dataclass(frozen=True, slots=True)
class _Division:
    """What stands between two names: posts of the one before, posts of the one after, and the rest.

    `shared`: the posts before a colon or behind `các`, for every member of the list that begins here;
    `is_list`: only signs, small words and posts stand between; `opens`: a colon opens a list here.
    """

    right: tuple[Token, ...] = ()
    left: tuple[Token, ...] = ()
    shared: tuple[Token, ...] = ()
    by_plural: bool = False
    opens: bool = False
    is_list: bool = True
    of_all: bool = False
    signs: frozenset[Sign] = frozenset()


class IntroductionReader:
    """The words of introductions of one archive."""

    def __init__(self, people: PeopleRules, names: NameFinder) -> None:
        self.names = names
        self.posts = PostReader(people, names.head)

    def read(self, text: str, carried: tuple[str, ...] = ()) -> list[Introduced]:
        """Everybody the sentence names, in order; `carried`: the shared posts of a list that a line before opened."""
        names = list(self.names.find(text))
        if not names:
            return []
        shown = unified(text)
        divisions = self._divisions(shown, names)
        group = _Group(tuple(Post(words, "post-before-list") for words in carried), is_open=bool(carried))
        return _shared_from_the_right(_members(text, names, divisions, group), divisions)

    def shared_at_end(self, text: str) -> tuple[str, ...]:
        """The posts before a colon that ends a line: they belong to the names in the lines below."""
        shown = unified(text).rstrip()
        if not shown.endswith(":"):
            return ()
        names = list(self.names.find(text))
        start = names[-1].end if names else 0
        tokens = list(self.posts.tokens(shown, start, len(shown), before_name=False))
        return tuple(_words(text, token) for token in _before_colon(tokens))

    def _divisions(self, shown: str, names: Sequence[Name]) -> list[_Division]:
        """One for each stretch: before the first name, between names, and behind the last."""
        found: list[_Division] = []
        has_left = False
        bounds = [(0, names[0].start), *((a.end, b.start) for a, b in itertools.pairwise(names))]
        for index, (start, end) in enumerate([*bounds, (names[-1].end, len(shown))]):
            is_last = index == len(names)
            tokens = list(self.posts.tokens(shown, start, end, before_name=not is_last))
            division = _divided(tokens, has_name_before=index > 0, has_left=has_left, is_last=is_last)
            has_left = any(token.sign is Sign.POST for token in division.left)
            found.append(division)
        return found


def _divided(tokens: list[Token], *, has_name_before: bool, has_left: bool, is_last: bool) -> _Division:
    right, rest = _right(tokens) if has_name_before else ((), tokens)
    if not is_last and right:
        right, rest = _taken_back(tokens, right, rest, has_left)
    left, several = ((), False) if is_last else _left(rest, opens_sentence=not has_name_before)
    shared = _before_colon(rest)
    return _Division(
        right=right,
        left=left,
        shared=shared or (left if several else ()),
        by_plural=several and not shared,
        opens=_opens_list(rest),
        is_list=_is_list(rest),
        of_all=bool(right) and Sign.ALL in {token.sign for token in tokens[: tokens.index(right[0])]},
        signs=frozenset(token.sign for token in rest),
    )


def _taken_back(
    tokens: list[Token], right: tuple[Token, ...], rest: list[Token], has_left: bool
) -> tuple[tuple[Token, ...], list[Token]]:
    """Posts that touch the next name are its own: `A, post, post B` has one for B, all of them if A had theirs."""
    is_apart = bool(rest) and rest[0].sign is Sign.ALL  # `A, post cùng ông B`
    if right[-1].sign is not Sign.POST or is_apart or not _is_name_next(rest, 0):
        return right, rest
    keeps = () if has_left else right[:-1]
    return keeps, tokens[tokens.index(right[len(keeps)]) :]


def _opens_list(tokens: list[Token]) -> bool:
    return any(token.sign is Sign.COLON and _is_name_next(tokens, at + 1) for at, token in enumerate(tokens))


def _is_list(tokens: list[Token]) -> bool:
    return not _closes(tokens) and all(token.sign in _BETWEEN_MEMBERS for token in _without_brackets(tokens))


def _right(tokens: list[Token]) -> tuple[tuple[Token, ...], list[Token]]:
    """Posts behind a name, and the tokens behind them."""
    at = _behind_brackets(tokens)
    opening = tokens[at].sign if at < len(tokens) else None
    if opening in {Sign.COMMA, Sign.DASH, Sign.OPEN}:
        at = _behind(tokens, at + 1, {Sign.AND})  # `A (kiêm Chủ tịch Hội)`
    elif opening not in {Sign.POST, Sign.LEAD}:
        return (), tokens
    at = _behind(tokens, at, {Sign.LEAD, Sign.ALL, Sign.LINK} if _is_lead(tokens, at) else set())
    posts = _run_of_posts(tokens, at)
    if not posts:
        return (), tokens
    end = posts[-1] + 1
    end += opening is Sign.OPEN and end < len(tokens) and tokens[end].sign is Sign.CLOSE
    return tuple(tokens[at] for at in posts), tokens[end:]


def _run_of_posts(tokens: list[Token], at: int) -> list[int]:
    """Where the posts stand that follow each other from `at` on."""
    posts: list[int] = []
    while at < len(tokens) and tokens[at].sign in _TITLES:
        posts.append(at)
        following = _behind(tokens, _behind(tokens, at + 1, _JOINTS), {Sign.LEAD})
        is_next = following < len(tokens) and tokens[following].sign is Sign.POST  # `UVBTV Chủ tịch UBND xã`
        at = following if following > at + 1 or is_next else len(tokens)
    while posts and tokens[posts[-1]].sign is Sign.RANK and _is_name_next(tokens, posts[-1] + 1):
        posts.pop()  # `A, post và Đại tá B`
    return posts


def _is_lead(tokens: list[Token], at: int) -> bool:
    """`A hiện là …`, `A, cùng là …`; a bare `có`, `là` behind a name says something else."""
    return at < len(tokens) and tokens[at].sign in {Sign.LEAD, Sign.ALL}


def _is_name_next(tokens: list[Token], at: int) -> bool:
    return all(token.sign in _SMALL for token in tokens[at:])


def _left(tokens: list[Token], *, opens_sentence: bool) -> tuple[tuple[Token, ...], bool]:
    """Posts and ranks right before a name, and whether they stand for several people."""
    found: list[Token] = []
    addressed = False
    at = len(tokens) - 1
    while at >= 0 and tokens[at].sign in _SMALL - {Sign.LEAD}:
        found += [tokens[at]] if tokens[at].sign is Sign.RANK else []
        addressed = addressed or tokens[at].sign in {Sign.ADDRESS, Sign.RANK}
        at -= 1
    if at < 0:
        return tuple(reversed(found)), False
    if tokens[at].sign in {Sign.COMMA, Sign.DASH} and addressed:  # `Bí thư Tỉnh ủy, đồng chí N`; `…, Đại tá N`
        chain = _chain(tokens, at - 1)
        return tuple(reversed(found + (chain if _is_fresh(tokens, chain, opens_sentence) else []))), False
    chain = _chain(tokens, at)
    before = tokens.index(chain[-1]) - 1 if chain else -1
    several = before >= 0 and tokens[before].sign is Sign.SEVERAL
    return tuple(reversed(found + chain)), several


def _is_fresh(tokens: list[Token], chain: list[Token], opens_sentence: bool) -> bool:
    """Whether posts can't be those of somebody before: they open the sentence, or stand behind a word or `;`."""
    if not chain:
        return False
    before = tokens.index(chain[-1]) - 1
    if before < 0:
        return opens_sentence
    return tokens[before].sign in {Sign.SEMICOLON, Sign.WORD, Sign.LINK, Sign.SEVERAL}


def _chain(tokens: list[Token], at: int) -> list[Token]:
    """Posts joined by commas, `và`, `kiêm`, from the last one back to the first."""
    found: list[Token] = []
    while at >= 0 and tokens[at].sign in _TITLES:
        found.append(tokens[at])
        at -= 1
        if at >= 1 and tokens[at].sign in _JOINTS and tokens[at - 1].sign in _TITLES:
            at -= 1
        elif at < 0 or tokens[at].sign not in _TITLES:
            break
    return found


def _before_colon(tokens: list[Token]) -> tuple[Token, ...]:
    """The posts right before the last colon, link words and forms of address aside.

    A bracket that names come right behind is a colon, too: `nguyên lãnh đạo Ban (các đồng chí A, B)`.
    """
    colon = max((at for at, token in enumerate(tokens) if token.sign in {Sign.COLON, Sign.OPEN}), default=-1)
    if colon < 0 or (tokens[colon].sign is Sign.OPEN and not _is_name_next(tokens, colon + 1)):
        return ()
    at = colon - 1
    while at >= 0 and tokens[at].sign in _SMALL - {Sign.RANK}:
        at -= 1
    return tuple(reversed(_chain(tokens, at)))


def _closes(tokens: Iterable[Token]) -> bool:
    """Whether a bracket ends here that was opened before: the list inside it is over."""
    depth = 0
    for token in tokens:
        depth += (token.sign is Sign.OPEN) - (token.sign is Sign.CLOSE)
        if depth < 0:
            return True
    return False


def _behind(tokens: list[Token], at: int, signs: Set[Sign]) -> int:
    while at < len(tokens) and tokens[at].sign in signs:
        at += 1
    return at


def _behind_brackets(tokens: list[Token]) -> int:
    """Where the tokens go on behind brackets without a post: `A (hàng đầu, giữa), Bí thư …`."""
    if not tokens or tokens[0].sign is not Sign.OPEN:
        return 0
    close = next((at for at, token in enumerate(tokens) if token.sign is Sign.CLOSE), None)
    if close is None or any(token.sign is Sign.POST for token in tokens[:close]):
        return 0
    return close + 1


def _without_brackets(tokens: Iterable[Token]) -> list[Token]:
    kept, depth = [], 0
    for token in tokens:
        if token.sign is Sign.OPEN:
            depth += 1
        elif token.sign is Sign.CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(token)
    return kept


@dataclass(slots=True)
class _Group:
    """The list that is being read: its shared posts, and how its members have been parted and printed so far."""

    posts: tuple[Post, ...] = ()
    is_open: bool = False
    size: int = 0
    by_commas: bool = False
    are_bare: bool = True
    are_addressed: bool = False


def _members(text: str, names: Sequence[Name], divisions: Sequence[_Division], group: _Group) -> list[Introduced]:
    found: list[Introduced] = []
    for name, (before, after) in zip(names, itertools.pairwise(divisions), strict=True):
        group = _group_of(text, name, before, group, has_own=bool(after.right))
        left = () if before.shared and before.by_plural else before.left
        own = [_post(text, token, "post-before-name") for token in left]
        has_rank = any(post.is_rank for post in own)
        shared = (post for post in group.posts if not (post.is_rank and has_rank))
        posts = (*shared, *own, *(_post(text, token, "post-behind-name") for token in after.right))
        start = min((token.start for token in before.left), default=name.start)
        found.append(Introduced(name, posts, group.is_open or Sign.SEVERAL in before.signs, start))
    return found


def _group_of(text: str, name: Name, before: _Division, group: _Group, *, has_own: bool) -> _Group:
    """The list that a name is a member of: a new one, none, or the one that was being read."""
    if before.shared:
        rule = "post-before-many" if before.by_plural else "post-before-list"
        group = _Group(tuple(_post(text, token, rule) for token in before.shared), is_open=True)
    elif before.opens:
        group = _Group(is_open=True)
    elif _ends(group, before, name, has_own):
        group = _Group()
    _count(group, before, name, has_own)
    return group


def _ends(group: _Group, before: _Division, name: Name, has_own: bool) -> bool:
    """Whether a name is not of the list that was being read."""
    if _stands_alone(group, before):
        return True
    is_bare_list = group.are_bare and group.size > 1
    by_semicolon = Sign.SEMICOLON in before.signs
    if by_semicolon and is_bare_list and group.by_commas:
        return True
    is_other_form = (Sign.ADDRESS in before.signs) != group.are_addressed
    return has_own and is_other_form and (is_bare_list or by_semicolon)


def _stands_alone(group: _Group, before: _Division) -> bool:
    """A name with a post of its own in front, or behind words that no list has, belongs to no open list."""
    has_left = any(token.sign is Sign.POST for token in before.left)
    return has_left or not group.is_open or not before.is_list or Sign.SEVERAL in before.signs


def _count(group: _Group, before: _Division, name: Name, has_own: bool) -> None:
    group.size += 1
    group.by_commas = group.by_commas or (group.size > 1 and Sign.COMMA in before.signs)
    group.are_bare = group.are_bare and not has_own
    group.are_addressed = group.are_addressed or Sign.ADDRESS in before.signs


def _shared_from_the_right(found: list[Introduced], divisions: Sequence[_Division]) -> list[Introduced]:
    """One post behind a list of bare names is everybody's: `A, B, C, Phó Trưởng Ban …`, `A và bà B, cùng là …`."""
    for last in range(len(found) - 1, 0, -1):
        behind = divisions[last + 1]
        if not behind.right or any(post.rule != "post-behind-name" for post in found[last].posts):
            continue
        posts = tuple(replace(post, rule="post-behind-list") for post in found[last].posts)
        at = last - 1
        while at >= 0 and not found[at].posts and _is_bare(divisions[at + 1], addressed=behind.of_all):
            found[at] = Introduced(found[at].name, posts, in_group=True, start=found[at].start)
            at -= 1
    return found


def _is_bare(between: _Division, *, addressed: bool) -> bool:
    """Whether only signs of a list stand between two names: `A, B và C`, `chị A và anh B`, `A, bà B, cùng là …`."""
    allowed = {Sign.COMMA, Sign.AND} | ({Sign.ADDRESS} if addressed else set())
    is_list = between.signs <= allowed or between.signs == {Sign.AND, Sign.ADDRESS}
    return is_list and not between.right and not between.left


def _post(text: str, token: Token, rule: str) -> Post:
    is_rank = token.sign is Sign.RANK
    return Post(_words(text, token), "rank-before-name" if is_rank else rule, token.loose, token.cut, is_rank)


def _words(text: str, token: Token) -> str:
    return cleaned(text[token.start : token.end])
