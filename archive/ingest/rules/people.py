"""site-config/people.yml: names, posts, forms of address, and the words that tell a capacity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from archive.rules.reader import Every

_NAME_WEIGHTS = Every(
    """
    common-surname rare-surname letter-surname religious-name no-surname one-syllable three-syllables four-syllables
    middle-name addressed introduced listed post-next common-noun-next place-in-front unit-in-front words-in-front
    named-after place-slot post-before list-of-places inside-post known-place
    """
)


@dataclass(frozen=True, slots=True)
class CapacityCue:
    """Words that give the people before or after them a capacity, open a list of such people, or close one.

    `generic`: verbs of saying or doing that state no capacity by themselves; `close`: only people near by.
    """

    code: str
    who: Literal["before", "after", "list", "end"]
    words: tuple[str, ...]
    close: bool = False
    generic: bool = False


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """The file; what each list is for is said there."""

    common_surnames: tuple[str, ...]
    surnames: tuple[str, ...]
    middle_names: tuple[str, ...]
    single_letters: tuple[str, ...]
    kin_names: tuple[str, ...]
    saints: tuple[str, ...]
    religious_names: tuple[str, ...]
    name_threshold: float
    name_weights: Annotated[Mapping[str, float], _NAME_WEIGHTS]
    never: tuple[str, ...]
    excluded_names: tuple[str, ...]
    peoples: tuple[str, ...]
    places_like_names: tuple[str, ...]
    stems: tuple[str, ...]
    branches: tuple[str, ...]
    not_before: tuple[str, ...]
    named_after: tuple[str, ...]
    not_named_after: tuple[str, ...]
    credits: tuple[str, ...]
    not_credits: tuple[str, ...]
    unit_kinds: tuple[str, ...]
    place_slots: tuple[str, ...]
    not_slots: tuple[str, ...]
    province_slots: tuple[str, ...]
    several_words: tuple[str, ...]
    body_ends: tuple[str, ...]
    honorifics: tuple[str, ...]
    capital_honorifics: tuple[str, ...]
    back_reference: tuple[str, ...]
    before_verbs: tuple[str, ...]
    plural_markers: tuple[str, ...]
    introducers: tuple[str, ...]
    academic: tuple[str, ...]
    ranks: tuple[str, ...]
    not_address: tuple[str, ...]
    church_units: tuple[str, ...]
    short_words: tuple[str, ...]
    role_heads: tuple[str, ...]
    head_shapes: tuple[str, ...]
    head_tails: tuple[str, ...]
    told_heads: tuple[str, ...]
    told_groups: tuple[str, ...]
    whole_posts: tuple[str, ...]
    unit_heads: tuple[str, ...]
    board_words: tuple[str, ...]
    post_words: tuple[str, ...]
    post_phrases: tuple[str, ...]
    not_posts: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    role_stops: tuple[str, ...]
    not_stops: tuple[str, ...]
    and_words: tuple[str, ...]
    inner_and_words: tuple[str, ...]
    asides: tuple[str, ...]
    also_words: tuple[str, ...]
    and_others: tuple[str, ...]
    role_leads: tuple[str, ...]
    list_links: tuple[str, ...]
    all_of_them: tuple[str, ...]
    former: tuple[str, ...]
    speaking: tuple[str, ...]
    presiding: tuple[str, ...]
    attending: tuple[str, ...]
    named_only: str
    plain_code: str
    discussion_code: str
    discussion_words: tuple[str, ...]
    ends_discussion: tuple[str, ...]
    capacity_cues: tuple[CapacityCue, ...]
    cue_parts: Mapping[str, str]
    not_verbs: tuple[str, ...]
    not_yet: tuple[str, ...]
    purpose: tuple[str, ...]
    passive: tuple[str, ...]
    also_nouns: tuple[str, ...]
    not_an_act: tuple[str, ...]
    acted_upon: tuple[str, ...]
    told_of: tuple[str, ...]
    awards: tuple[str, ...]
    given_to: tuple[str, ...]
    sent_by: tuple[str, ...]
    receives: tuple[str, ...]
    leading_words: tuple[str, ...]
    inspecting_words: tuple[str, ...]
    head_of_delegation: tuple[str, ...]
    soft_saying: tuple[str, ...]
    going_there: tuple[str, ...]
    post_goes_on: tuple[str, ...]
    event_words: tuple[str, ...]
    debate_words: tuple[str, ...]
