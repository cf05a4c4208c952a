"""The nouns: records, dates, blocks of text, mentions, pages. Frozen, typed, and without behaviour of rooms."""
