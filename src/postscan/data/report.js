"use strict";
(() => {
  const posts = [...document.querySelectorAll(".post")];
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const whole = shown && shown.textContent;
  const keyed = [...document.querySelectorAll("tr[data-key]")];
  const keysOf = new Map(posts.map((post) => [post, new Set(JSON.parse(post.dataset.keys))]));

  function show(wanted, words) {
    let count = 0;
    for (const post of posts) {
      const on = wanted(post);
      post.hidden = !on;
      count += on ? 1 : 0;
    }
    shown.textContent = words === null ? whole : `${count} of the ${posts.length} posts on this page ${words}`;
  }
  function mark(row) {
    for (const other of keyed) other.classList.toggle("on", other === row);
  }
  function reset() {
    mark(null);
    show(() => true, null);
  }

  if (form && shown) {
    form.hidden = false;
    const input = form.querySelector("input");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", reset);
    input.addEventListener("input", () => {
      const words = input.value.trim().toLowerCase();
      mark(null);
      if (!words) return reset();
      show((post) => post.textContent.toLowerCase().includes(words), `hold “${input.value.trim()}”`);
    });
    for (const row of keyed) {
      const cell = row.cells[0];
      const button = document.createElement("button");
      button.type = "button";
      button.title = "Show the posts on this page that have it";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        if (row.classList.contains("on")) return reset();
        mark(row);
        input.value = "";
        show((post) => keysOf.get(post).has(row.dataset.key), `have ${button.textContent}`);
        document.getElementById("posts").scrollIntoView();
      });
    }
  }

  for (const table of document.querySelectorAll("table")) {
    const head = table.tHead && table.tHead.rows[0];
    if (!head) continue;
    [...head.cells].forEach((cell, column) => {
      const numeric = cell.classList.contains("n");
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === (numeric ? "descending" : "ascending");
        for (const other of head.cells) other.removeAttribute("aria-sort");
        const order = numeric === down ? 1 : -1;
        cell.setAttribute("aria-sort", order === 1 ? "ascending" : "descending");
        const value = (row) => row.cells[column].textContent;
        const amount = (row) => parseFloat(value(row).replace(/[,%<]/g, "")) || 0;
        const body = table.tBodies[0];
        const rows = [...body.rows].sort((a, b) =>
          order * (numeric ? amount(a) - amount(b) : value(a).localeCompare(value(b))));
        body.append(...rows);
      });
    });
  }
})();
