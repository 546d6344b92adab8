"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const many = (number) => number.toLocaleString("en");

  // Words compared as people type them: without case, marks, tatweel and joiners, with one alef, yeh, kaf and heh.
  const marks = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]/g;
  const letters = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۀ": "ه" };
  const fold = (text) => text.normalize("NFKC").toLowerCase().normalize("NFC")
    .replace(/[أإآٱىیےکةہۀ]/g, (letter) => letters[letter]).replace(marks, "");

  const posts = all(".post");
  const numbers = new Map(posts.map((post) => [post, new Set(post.dataset.k.split(" "))]));
  const texts = new Map();
  const textOf = (post) => {
    if (!texts.has(post)) texts.set(post, fold(post.textContent));
    return texts.get(post);
  };
  const panel = document.getElementById("chosen");
  const shown = document.getElementById("shown");
  const search = document.querySelector("#words input");
  const whole = shown && shown.textContent;

  // What can be asked for ("tag=kabul"): its number on the posts, its words, and how many posts are behind it.
  const known = new Map();
  const askedOf = new Map();
  for (const row of all("tr[data-ask]")) {
    const asked = row.dataset.ask;
    askedOf.set(row.dataset.k, asked.split("\n"));
    if (asked.includes("\n") || known.has(asked)) continue;
    known.set(asked, { number: row.dataset.k, words: row.cells[0].textContent, posts: Number(row.dataset.n) });
  }
  const asksOf = (part) => part.dataset.k.split(" ").flatMap((number) => askedOf.get(number) || []);
  const nameOf = (asked) => asked.slice(0, asked.indexOf("="));
  const kindOf = (asked) => nameOf(asked).split(".")[0];

  // The state: what is asked for (of one name any, of several names all), and words that are looked for. It lives in
  // the fragment of the address.
  let chosen = [];
  let wanted = "";
  function read() {
    if (location.hash.length > 1 && !location.hash.includes("=")) return;
    const parts = new URLSearchParams(location.hash.slice(1));
    chosen = [...parts].map(([name, value]) => `${name}=${value}`).filter((asked) => known.has(asked));
    wanted = parts.get("words") || "";
  }
  function write() {
    const parts = new URLSearchParams();
    for (const asked of chosen) parts.append(nameOf(asked), asked.slice(asked.indexOf("=") + 1));
    if (wanted) parts.set("words", wanted);
    const fragment = parts.toString();
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  }
  function toggle(asks, keep) {
    if (!asks.length) return;
    if (asks.every((asked) => chosen.includes(asked))) chosen = chosen.filter((asked) => !asks.includes(asked));
    else {
      const kinds = new Set(asks.map(kindOf));
      chosen = [...chosen.filter((asked) => !asks.includes(asked) && (keep || !kinds.has(kindOf(asked)))), ...asks];
    }
    write();
    show();
  }

  const quoted = (word) => /^[\w@%+=:,.\/-]+$/.test(word) ? word : `'${word.replace(/'/g, `'"'"'`)}'`;
  function command() {
    const parts = ["postscan", "posts", panel.dataset.folder];
    const groups = new Set();
    for (const asked of chosen) {
      const [name, group] = nameOf(asked).split(".");
      if (name === "pair") return "";
      if (group) groups.add(group);
      parts.push(quoted(name + asked.slice(asked.indexOf("="))));
    }
    if (groups.size === 1) parts.push(quoted(`group=${[...groups][0]}`));
    return [...parts, panel.dataset.flags].filter(Boolean).join(" ");
  }

  function show() {
    const asked = chosen.map((each) => known.get(each));
    const kinds = [...new Set(chosen.map(kindOf))];
    const wantedOf = kinds.map((kind) => chosen.filter((each) => kindOf(each) === kind).map((each) => known.get(each).number));
    const folded = fold(wanted.trim());
    let count = 0;
    for (const post of posts) {
      const own = numbers.get(post);
      const on = wantedOf.every((some) => some.some((number) => own.has(number))) && (!folded || textOf(post).includes(folded));
      post.hidden = !on;
      count += on ? 1 : 0;
    }
    const some = chosen.length > 0 || folded !== "";
    const match = shown && fill(shown.dataset.say, { n: many(count), of: many(posts.length) });
    const behind = chosen.length === 1 && !folded && asked[0].posts;
    const words = behind ? fill(panel.dataset.of, { n: many(count), of: many(behind) }) : match;
    if (shown) shown.textContent = some ? words : whole;
    for (const part of all("[data-k][data-pick]")) {
      const asks = asksOf(part);
      const on = asks.length > 0 && asks.every((each) => chosen.includes(each));
      part.classList.toggle("on", on);
      const button = part.matches("tr") ? part.querySelector("th button") : part;
      button.setAttribute("aria-pressed", String(on));
    }
    panel.hidden = !chosen.length;
    if (!chosen.length) return;
    panel.querySelector("b").textContent = words;
    panel.querySelector("ul").replaceChildren(...chosen.map((each) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const name = document.createElement("bdi");
      button.type = "button";
      name.textContent = known.get(each).words;
      button.append(name, " \u00d7");
      button.setAttribute("aria-label", fill(panel.dataset.remove, { name: known.get(each).words }));
      button.addEventListener("click", () => toggle([each], true));
      item.append(button);
      return item;
    }));
    panel.querySelector("code").textContent = command();
    panel.querySelector(".command").hidden = !command();
    document.getElementById("posts").open = true;
  }

  // One stop of the Tab key for a group of parts; arrows move within it.
  function rove(group, what) {
    const parts = () => all(what, group).filter((part) => !part.closest("[hidden]"));
    parts().forEach((part, at) => part.setAttribute("tabindex", at ? "-1" : "0"));
    group.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (!step || !event.target.matches(what)) return;
      const there = parts();
      const backwards = (event.key === "ArrowLeft" || event.key === "ArrowRight") && document.dir === "rtl" ? -1 : 1;
      const at = there.indexOf(event.target) + step * backwards;
      const next = there[Math.max(0, Math.min(there.length - 1, at))];
      event.preventDefault();
      for (const part of there) part.setAttribute("tabindex", part === next ? "0" : "-1");
      next.focus();
    });
  }

  function wrap(cell) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    return button;
  }

  if (posts.length) {
    for (const row of all("tr[data-k]")) {
      row.dataset.pick = "";
      const button = wrap(row.cells[0]);
      button.setAttribute("aria-pressed", "false");
      row.addEventListener("click", (event) => {
        if (String(getSelection())) return;
        toggle(asksOf(row), event.ctrlKey || event.metaKey || event.shiftKey);
      });
    }
    for (const chart of all("svg")) {
      const spots = all(".spot", chart);
      if (!spots.length) continue;
      chart.setAttribute("role", "group");
      for (const spot of spots) {
        const pick = (event) => toggle(asksOf(spot), event.ctrlKey || event.metaKey || event.shiftKey);
        spot.dataset.pick = "";
        spot.setAttribute("role", "button");
        spot.setAttribute("aria-pressed", "false");
        spot.setAttribute("aria-label", fill(panel.dataset.choose, { name: spot.dataset.words }));
        spot.addEventListener("click", pick);
        spot.addEventListener("keydown", (event) => {
          if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(event); }
        });
      }
      rove(chart, ".spot");
    }
    for (const body of all("tbody")) rove(body, "th button");
    for (const post of posts) {
      post.addEventListener("focusin", () => {
        if (!post.dataset.roves) { post.dataset.roves = "1"; const at = document.activeElement; rove(post, "[aria-description]"); at.focus(); }
      });
    }
    search.form.hidden = false;
    search.form.addEventListener("submit", (event) => event.preventDefault());
    search.addEventListener("input", () => { wanted = search.value; write(); show(); });
    panel.querySelector(":scope > button").addEventListener("click", () => {
      chosen = [];
      wanted = search.value = "";
      write();
      show();
      search.focus({ preventScroll: true });
    });
    const start = () => { read(); search.value = wanted; show(); };
    addEventListener("hashchange", start);
    start();
  }

  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const table of all("table")) {
    const list = table.closest(".list");
    const head = table.tHead && table.tHead.rows[0];
    if (!head) continue;
    const body = table.tBodies[0];
    [...head.cells].forEach((cell, column) => {
      const numeric = cell.classList.contains("n");
      wrap(cell).addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === (numeric ? "descending" : "ascending");
        for (const other of head.cells) other.removeAttribute("aria-sort");
        const order = numeric === down ? 1 : -1;
        cell.setAttribute("aria-sort", order === 1 ? "ascending" : "descending");
        const value = (row) => row.cells[column].textContent;
        const amount = (row) => parseFloat(value(row).replace(/[,%<]/g, "")) || 0;
        const sorted = [...body.rows].map((row) => [numeric ? amount(row) : value(row), row])
          .sort((a, b) => order * (numeric ? a[0] - b[0] : collator.compare(a[0], b[0])));
        body.append(...sorted.map((pair) => pair[1]));
      });
    });
    const form = list && list.querySelector(".find");
    if (!form || body.rows.length < 5) continue;
    const told = list.querySelector("[data-say]");
    const folded = new Map([...body.rows].map((row) => [row, fold(row.textContent)]));
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("input").addEventListener("input", (event) => {
      const words = fold(event.target.value.trim());
      let count = 0;
      for (const [row, text] of folded) {
        row.hidden = !text.includes(words);
        count += row.hidden ? 0 : 1;
      }
      told.textContent = fill(told.dataset.say, { n: many(count), of: many(Number(told.dataset.of)) });
    });
  }

  // What is under a closed heading opens for a link to it, and for paper; the address keeps what is asked for.
  for (const link of all('a[href^="#"]')) {
    const part = document.querySelector(link.getAttribute("href"));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      part.open = true;
      part.scrollIntoView();
      part.querySelector("summary").focus({ preventScroll: true });
    });
  }
  const there = location.hash.length > 1 && !location.hash.includes("=") && document.getElementById(location.hash.slice(1));
  if (there) there.open = true;
  const closed = [];
  addEventListener("beforeprint", () => {
    for (const part of all("details:not([open])")) { closed.push(part); part.open = true; }
  });
  addEventListener("afterprint", () => {
    while (closed.length) closed.pop().open = false;
  });
})();
