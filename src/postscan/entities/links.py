"""Links by twitter-text's rules, in linear time: with a scheme, or bare hosts under a known top-level domain.

twitter-text's pattern for a host tries every start and every end and is quadratic. Here a host is looked for from its
last dots: a dot before a top-level domain is rare, and the stretch of host characters around it (a *run*) is settled
once, left to right. The results are the same; `benchmarks/twitter_text.py` compares them.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from postscan.entities.characters import tlds
from postscan.entities.hosts import (
    ASCII_HOST,
    MAX_LABEL,
    NO_START_AFTER,
    NOT_IN_HOST,
    find_dots,
    host_patterns,
    is_host,
    run_end,
)
from postscan.entities.tails import is_short, read_tail, tco_end

_SCHEME = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_DEFAULT_SCHEME = len("https://")
_PICTURE = "pic.twitter.com/"
# A picture link that ends a url which it is glued to; not the host of a url of its own.
_GLUED_PICTURE = re.compile(r"pic\.twitter\.com/(?=[A-Za-z0-9])(?<!://pic\.twitter\.com/)(?<!\.pic\.twitter\.com/)")
_MAX_PICTURES_TRIED = 8
_LOOSE = frozenset(("", " ", "\n", "\N{NO-BREAK SPACE}"))
# A whole link of ASCII letters between white space, without what would have to be looked at again.
_PLAIN = re.compile(
    r"([Hh][Tt][Tt][Pp][Ss]?://)?((?:[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+\.)++)([A-Za-z]{2,}+)"
    r"(?:/(?:[A-Za-z0-9/_\-]++(?:\.++[A-Za-z0-9/_\-]++)*+)?+"
    r"(?:\?[A-Za-z0-9=&_\-]++)?+)?+(?=[ \n]|\Z)"
)
_PLAIN_REACH = 60
_MAX_PLAIN = 500


def find_links(text: str) -> LinkFinder | None:
    """A finder that holds every link that twitter-text finds in a text, and the pictures that are glued to one.

    None where no top-level domain follows a dot, so that there can be neither a link nor an address.
    """
    dots = find_dots(text)
    if not dots:
        return None
    finder = LinkFinder(text, dots)
    finder.find_all()
    return finder


class LinkFinder:
    """Finds the links of one text; knows its dots before top-level domains and its glued pictures."""

    __slots__ = ("_done", "_dots", "_pictures", "found", "text")

    def __init__(self, text: str, dots: dict[int, int]) -> None:
        self.text = text
        self.found: list[tuple[int, int]] = []
        """The links found so far."""
        self._dots = dots
        self._pictures = _find_pictures(text) if _PICTURE in text else []
        self._done = 0

    def find_all(self) -> None:
        """Adds every link that twitter-text finds, and pictures that are glued to one."""
        text, simple = self.text, host_patterns().simple
        settled = 0
        for dot in list(self._dots):
            if dot < self._done or dot < settled:
                continue
            done = self._done
            if (plain := plain_link(text, dot)) and plain.start() >= done:
                self._done = plain.end()
                self.found.append(plain.span())
                continue
            start = dot
            while start > done and text[start - 1] in ASCII_HOST:
                start -= 1
            if start > done or not start:
                before = text[start - 1] if start else " "
                if before in NOT_IN_HOST and before not in NO_START_AFTER and (match := simple.match(text, start)):
                    end = match.end()
                    if end - start <= MAX_LABEL and match[1].lower() in tlds():
                        self._take(start, end, plain=True)
                        continue
            while start > done and text[start - 1] not in NOT_IN_HOST:
                start -= 1
            settled = run_end(text, dot)
            self._settle(start, settled)

    def match_at(self, at: int) -> bool:
        """Adds the link that begins at a place where twitter-text would not look for one; says whether there is one."""
        scheme = _SCHEME.match(self.text, at)
        host = scheme.end() if scheme else at
        end = self.host_end(host)
        if end is None or not self._is_valid(host, end):
            return False
        stop, _, picture = self._tail(end)
        found = len(self.found)
        self._add(at, host, end, stop)
        self._take_pictures(picture)
        return len(self.found) > found

    def bare_end(self, start: int) -> int | None:
        """Where the host that begins at start ends, if it could be a link without a scheme as it is."""
        end = self.host_end(start)
        if end is None or not self._is_valid(start, end) or self._ascii_hosts(start, end) != [(start, end)]:
            return None
        return end

    def covers(self, at: int) -> bool:
        """Whether a character lies in a link that was found; the links must be sorted."""
        index = bisect_left(self.found, (at + 1, 0)) - 1
        return index >= 0 and at < self.found[index][1]

    def host_end(self, start: int) -> int | None:
        """Where the longest host that begins at start ends, if there is one."""
        text, dots = self.text, self._dots
        found = None
        stop = run_end(text, start)
        while start < stop and text[start] not in "-_.":
            dot = text.find(".", start, stop)
            if dot < 0 or text[dot - 1] in "-_":
                break
            if dot in dots and text.find("_", start, dot) < 0:
                found = dots[dot]
            start = dot + 1
        return found

    def _settle(self, start: int, end: int) -> None:
        """Takes what is a host in a run, left to right.

        A chain is a series of labels that may follow one another; a label that begins or ends with a hyphen or an
        underscore, or is empty, breaks it there.
        """
        text = self.text
        chain: list[tuple[int, int]] = []
        while start < end:
            dot = text.find(".", start, end)
            stop = end if dot < 0 else dot
            if chain and (start == stop or text[start] in "-_" or text[start - 2] in "-_."):
                self._take_chain(chain)
                chain = []
            if start < stop:
                chain.append((start, stop))
            start = stop + 1
        if chain:
            self._take_chain(chain)

    def _take_chain(self, labels: list[tuple[int, int]]) -> None:
        """Takes the hosts of a chain: the longest from its first possible start, then those behind underscores.

        The label before the top-level domain has no underscore.
        """
        text, dots = self.text, self._dots
        last = -1
        behind: list[tuple[int, int, int]] = []
        for at, (start, end) in enumerate(labels):
            if end in dots and text[end - 1] not in "-_":
                underscore = text.rfind("_", start, end)
                if underscore < 0:
                    last = at
                else:
                    behind.append((at, underscore + 1, end))
        if last >= 0:
            first = self._first_start(labels, last)
            if first is None:
                last = -1
            else:
                self._take(first, dots[labels[last][1]])
        for at, start, end in behind:
            if at > last:
                while text[start] == "-":
                    start += 1  # noqa: PLW2901
                if start > self._done:
                    self._take(start, dots[end])

    def _first_start(self, labels: list[tuple[int, int]], last: int) -> int | None:
        """Where the first host of a chain may begin, up to the last label."""
        text, done = self.text, self._done
        for start, end in labels[: last + 1]:
            if not start and end > 1 and text[0] not in NO_START_AFTER and text[1] not in "-_":
                return 1  # twitter-text takes the first character for the one before the host, if it may
            if text[start] not in "-_" and (not start or (start > done and text[start - 1] not in NO_START_AFTER)):
                return start
            if match := host_patterns().before.search(text, max(start, done), end):
                return match.end()
        return None

    def _take(self, host: int, end: int, *, plain: bool = False) -> None:
        """Passes by a host that was found, and adds its link if it is one; plain says that the host is short ASCII."""
        text = self.text
        if self._pictures and (cut := self._picture_in_host(host, end)):
            end, plain = cut, False
        before = text[host - 1] if host else ""
        scheme = self._scheme_before(host) if before == "/" else None
        stop, has_path, picture = self._tail(end)
        self._done = stop
        if plain or self._is_valid(host, end):
            if scheme is not None:
                self._add(scheme, host, end, stop)
            elif (not before or before not in "-_./") and is_short(text[host:stop], _DEFAULT_SCHEME):
                self._add_bare([(host, end)] if plain else self._ascii_hosts(host, end), stop if has_path else None)
        self._take_pictures(picture)

    def _is_valid(self, host: int, end: int) -> bool:
        """Whether a host has labels that DNS allows; one that begins as Punycode has an ASCII part that is a host."""
        name = self.text[host:end]
        return is_host(name) and (not name.startswith("xn--") or name.isascii() or bool(self._ascii_hosts(host, end)))

    def _scheme_before(self, host: int) -> int | None:
        """Where the scheme before a host begins, if there is one that nothing is in the way of."""
        text = self.text
        for length in (8, 7):
            at = host - length
            if at >= 0 and text.startswith("://", host - 3) and text[at:host].lower() in ("https://", "http://"):
                return at if not at or (at > self._done and text[at - 1] not in NO_START_AFTER) else None
        return None

    def _add(self, start: int, host: int, end: int, stop: int) -> None:
        """Adds a link with a scheme."""
        if end - host == 4 and self.text[host:end].lower() == "t.co":
            stop = tco_end(self.text, end, stop)
        if stop and is_short(self.text[start:stop], host - start):
            self.found.append((start, stop))

    def _add_bare(self, hosts: list[tuple[int, int]], stop: int | None) -> None:
        """Adds links without a scheme; the last one has the path."""
        if hosts and stop is not None:
            hosts[-1] = hosts[-1][0], stop
        self.found += hosts

    def _ascii_hosts(self, host: int, end: int) -> list[tuple[int, int]]:
        """The hosts of ASCII and accented letters in a host of any letters."""
        text, dots = self.text, self._dots
        hosts: list[tuple[int, int]] = []
        at = host
        while match := host_patterns().ascii.search(text, at, end):
            start, at = match.span()
            while start < at and text[start] == ".":
                start += 1
            dot = text.rfind(".", start, at)
            while dot > start and dot not in dots:
                dot = text.rfind(".", start, dot)
            if dot > start:
                hosts.append((start, dots[dot]))
                at = max(at, dots[dot])
        return hosts

    def _picture_in_host(self, host: int, end: int) -> int | None:
        """Where a glued picture's host begins inside what looks like one host, if what is before it is a host."""
        at = end - len(_PICTURE) + 1
        if at <= host or not self.text.startswith(_PICTURE, at):
            return None
        dot = self.text.rfind(".", host + 1, at)
        if dot < 0 or self.text[dot + 1 : at].lower() not in tlds():
            return None
        self._dots[dot] = at
        return at

    def _take_pictures(self, at: int | None) -> None:
        """Adds the picture link that is glued to a link, and those glued to it."""
        while at is not None:
            start = at
            stop, _, at = self._tail(start + len(_PICTURE) - 1)
            self._done = stop
            self.found.append((start, stop))

    def _tail(self, host_end: int) -> tuple[int, bool, int | None]:
        """Where port, path and query after a host end, whether there is a path, and the picture they were cut at."""
        text = self.text
        if self._pictures:
            first = bisect_left(self._pictures, host_end)
            for at in self._pictures[first : first + _MAX_PICTURES_TRIED]:
                end, has_path, met = read_tail(text, host_end, at)
                if end == at:
                    return end, has_path, at
                if met < at and text[met] != "(":
                    return end, has_path, None
        end, has_path, _ = read_tail(text, host_end, len(text))
        return end, has_path, None


def plain_link(text: str, dot: int) -> re.Match[str] | None:
    """The link around a dot if it is a plain one between spaces or line breaks: most are."""
    reach = max(dot - _PLAIN_REACH, 0)
    start = max(text.rfind(" ", reach, dot), text.rfind("\n", reach, dot)) + 1
    match = _PLAIN.match(text, start) if start or not reach else None
    if match is None:
        return None
    end = match.end()
    scheme, host, name = match.groups()
    if name.lower() not in tlds() or len(host) + len(name) > MAX_LABEL or end - match.start() > _MAX_PLAIN:
        return None
    if scheme and host in ("t.", "T.") and tco_end(text, match.end(3), end) != end:
        return None
    return None if text.find(_PICTURE, match.start() + 1, end) > 0 else match


def has_scheme(url: str) -> bool:
    """Whether a link has its scheme written."""
    return url.startswith(("https://", "http://")) or _SCHEME.match(url) is not None


def _find_pictures(text: str) -> list[int]:
    """Where a picture link begins that might be glued to another."""
    return [m.start() for m in _GLUED_PICTURE.finditer(text) if text[m.start() - 1 : m.start()] not in _LOOSE]
