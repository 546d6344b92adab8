"""Compares tags, handles, links and cashtags with the official JavaScript's, on random strings of many scripts.

    npm install --prefix /tmp/twitter twitter-text@3.1.0
    python benchmarks/twitter_text.py /tmp/twitter/node_modules [--count 20000] [--seed 1] [--show 10]

Strings in which a hashtag or a link stands directly before a link are left out and counted: there the rules differ on
purpose (see `docs/entities.md`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from pathlib import Path

from postscan.entities import find_spans

_DUMP = r"""
const twitter = require(`${process.argv[2]}/twitter-text`);
let input = "";
process.stdin.on("data", (chunk) => (input += chunk)).on("end", () => {
  const kind = (e) => (e.hashtag !== undefined ? "hashtag" : e.url ? "url" : e.cashtag ? "cashtag" : "handle");
  const lines = input.trim().split("\n").map((line) => {
    const text = JSON.parse(line);
    const found = twitter.extractEntitiesWithIndices(text);
    return JSON.stringify(found.map((e) => [
      Array.from(text.slice(0, e.indices[0])).length, Array.from(text.slice(0, e.indices[1])).length, kind(e)]));
  });
  process.stdout.write(lines.join("\n"));
});
"""

Spans = list[tuple[int, int, str]]

_PIECES = """
# # # # ＃ @ @ @ ＠ $ $ . . . . / / / : , ; ! ? - _ & = % ~ | + * ' " ( ) [ ] “ ” « » — – … ، ؛ ؟ 。 、 ・ · ̈ ̧
a b é ü ñ ß ı ſ K ø Ж х ш й я Ω α ι ͅ κ ب ت ك ی ه ة ء ة َ ّ ـ א ב ג ־ क ी ् ण ไ ท 漢 字 か ナ ー 한 국 ა Ა հ 𠀁 𐐀 𝐀 𞤀 𖼄
0 1 9 ٢ ٣ ۴ ५ ２ 𐒠 RT rt Rt: word Word TOLOnews خبر طالبان کابل अफ़ग़ान новости ελλάδα 東京 ソウル 서울 news café naïve
com org co uk net de t.co ai is in it la москва рф 中国 香港 السعودية ایران پاکستان भारत 삼성 xn--p1ai
XN--90AE com.co co.uk
http:// https:// HTTP:// https://t.co/ http://www. www. pic.twitter.com/Ab1 t.co/AbCdEfGhIj example.com example.org.uk
foo.bar.com a-b.com a_b.com x.y_z.com -a.com a-.com bücher.ch sub.例え.テスト.com /path /path_(x) /(a(b)c) /a,b. /ü/Ж
?q=1 ?a=b&c=d.
:80 :8080/x #frag /@user @user @user_1 @user/list @user/list-a_1 @a.bsky.social user@example.com $AAPL $brk.b
$a_b $TOOLONGX
#tag #Tag_1 #١٢٣ #۱۲a #كابل #أَفْغَان #می\u200cخواهم #महात्मा #東京 #서울 #２０２１年 #日本語ハッシュタグ
😀 ❤\ufe0f ✌ 🇱🇧 👩\u200d🍳 1\ufe0f\u20e3 #\ufe0f\u20e3
"""
PIECES = [re.sub(r"\\u(....)", lambda m: chr(int(m[1], 16)), piece) for piece in _PIECES.split()]
HIDDEN = [
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202c",
    "\u2066",
    "\u2069",
    "\ufe0f",
    "\ufe0e",
    "\ufeff",
    "\u0640",
]
SPACES = [" "] * 10 + ["\n", "\t", "\u00a0", "\u3000", "\u2028", "\u0085", "\u180e", "\u200b"]
# A tag or a link with a link inside or behind it, where nothing but their own characters stands between.
_DIRECTLY_BEFORE = re.compile(r"[#＃]\S*?(?:https?://|pic\.|t\.co/)|\.\S*pic\.twitter\.com/", re.IGNORECASE)


def make_text(chance: random.Random) -> str:
    """A random string: pieces of entities and words, with and without space between them."""
    spaced = chance.choice((0.05, 0.2, 0.5, 0.8))
    pieces = []
    for _ in range(chance.randint(1, 12)):
        pieces.append(chance.choice(PIECES) if chance.random() < 0.97 else chance.choice(HIDDEN))
        if chance.random() < spaced:
            pieces.append(chance.choice(SPACES))
    return "".join(pieces)


def ask_javascript(modules: Path, texts: list[str]) -> list[Spans]:
    """What the official package finds, with offsets in code points."""
    done = subprocess.run(
        ["node", "-e", _DUMP, "-", modules.resolve()],
        input="\n".join(json.dumps(text) for text in texts),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return [[(start, end, kind) for start, end, kind in json.loads(line)] for line in done.stdout.split("\n")]


def compare(modules: Path, count: int, seed: int) -> tuple[int, list[tuple[str, Spans, Spans]]]:
    """How many strings were compared, and those on which the two differ."""
    chance = random.Random(seed)
    texts: list[str] = []
    while len(texts) < count:
        if not _DIRECTLY_BEFORE.search(text := make_text(chance)):
            texts.append(text)
    kinds = {"hashtag", "handle", "url", "cashtag"}
    ours = [[span for span in find_spans(text) if span[2] in kinds] for text in texts]
    theirs = ask_javascript(modules, texts)
    differing = [(text, a, b) for text, a, b in zip(texts, ours, theirs, strict=True) if a != b]
    return len(texts), differing


def main() -> None:
    """Prints the agreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    count, differing = compare(options.modules, options.count, options.seed)
    print(f"{count} strings, {len(differing)} differ, {1 - len(differing) / count:.4%} agree")
    for text, ours, theirs in differing[: options.show]:
        print(
            json.dumps(text), [(k, text[a:b]) for a, b, k in ours], [(k, text[a:b]) for a, b, k in theirs], sep="\n    "
        )
    sys.exit(len(differing) > count * 0.002)


if __name__ == "__main__":
    main()
