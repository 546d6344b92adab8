"""The signs of words: what a word can be in a credit, a bit each."""

from __future__ import annotations

from typing import Final

SPEAKS: Final = 1 << 0
"""Speech or citation."""
NAME: Final = 1 << 1
"""An outlet's first word."""
LINK: Final = 1 << 2
"""What links an outlet to what it published."""
NOUN: Final = 1 << 3
"""A speaker's noun."""
PHOTO: Final = 1 << 4
"""A label of pictures."""
SOURCE: Final = 1 << 5
"""A label of sources."""
STAFF: Final = 1 << 6
"""A label of staff."""
TIP: Final = 1 << 7
"""Thanks."""
MARK: Final = 1 << 8
"""Punctuation that credits need."""
PRESS: Final = 1 << 9
"""A medium's class noun."""
SIGN: Final = 1 << 10
"""The sign "@"."""
NEEDS: Final = 1 << 11
"""A Persian noun of speech, which needs a light verb."""
LIGHT: Final = 1 << 12
"""That verb."""
PLATFORM: Final = 1 << 13
"""Where people post."""
BY: Final = 1 << 14
"""The word "by" and its like."""
CREDIT: Final = 1 << 15
"""The word "credit" and its like."""
WHOLE: Final = 1 << 16
"""A name of one word."""
NEXT: Final = 1 << 17
"""A name's second word."""
TIPPED: Final = 1 << 18
"""The longest word of thanks."""
GIVEN: Final = 1 << 19
"""What gives a picture: "by", "courtesy"."""
REFERS: Final = 1 << 20
"""The word "the" before "agency", and its like."""
CITES: Final = 1 << 21
"""A Persian noun of citation, which needs "به"."""
TO: Final = 1 << 22
"""That preposition, or what stands for it."""
WHO: Final = 1 << 23
"""Whatever may be in a speaker's phrase."""
REPRINT: Final = 1 << 24
"""What is said of what was printed before."""
LONG: Final = 1 << 25
"""The first word of a label of staff that needs no mark."""
THANKED: Final = 1 << 26
"""Thanks to a name."""
POINT: Final = 1 << 27
"""A colon or dash."""
AGENCIES: Final = 1 << 28
"""The word "agencies"."""
PLURAL: Final = 1 << 29
"""An Arabic verb in the plural."""
CAMERA: Final = 1 << 30
"""The sign of a camera."""
SORANI: Final = 1 << 31
"""A verb of speech or citation in Sorani; the same for the languages below."""
PASHTO: Final = 1 << 32
URDU: Final = 1 << 33
PERSIAN: Final = 1 << 34
ENGLISH: Final = 1 << 35
ARABIC: Final = 1 << 36
AFTER: Final = 1 << 37
"""The second word of a label of staff that needs no mark."""
PUT: Final = 1 << 38
"""The verb of "put the toll at 14", which needs what is counted."""
TOLL: Final = 1 << 39
"""What is counted."""
CAPITAL: Final = 1 << 40
"""A word that begins with a capital."""
CAPITALS: Final = 1 << 41
"""Two letters or more, all capitals."""
SAYS: Final = 1 << 42
"""An English verb of speech before which its speaker stands; this and what follows is for `hushed`."""
WANTS: Final = 1 << 43
"""An English verb that says nothing before a plain word that is not "that"."""
SAID: Final = 1 << 44
"""An Arabic verb of speech."""
AND_SAID: Final = 1 << 45
"""The same with "and" before it."""
UNSPEAKING: Final = 1 << 46
"""An English word that ends no speaker's phrase."""
PLAIN: Final = 1 << 47
"""A word before which `WANTS` says nothing."""
NOBODY: Final = 1 << 48
"""An Arabic word that begins no speaker's phrase, nor what is said."""
HEAD: Final = 1 << 49
"""An Arabic speaker's noun."""
BACK: Final = 1 << 50
"""What may refer back to an outlet with the word before it: "agency"."""
SHARES: Final = 4
"""Into so many shares the second words of names are put: so few that all signs of a word together are a number of two
digits to Python, and one machine word compiled."""
SECONDS: Final = (1 << SHARES) - 1 << 51
"""A name's second word, by its share; the signs of first words come after them, one for each share that follows."""
LABEL: Final = PHOTO | SOURCE | STAFF | CREDIT
VERB: Final = SORANI | PASHTO | URDU | PERSIAN | ENGLISH | ARABIC
