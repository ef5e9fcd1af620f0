// Shows the findings that stand in the page as JSON: filters, sorts, pages, and follows links to
// them. Nothing is fetched, and text from a document only ever becomes a text node.
(function () {
  "use strict";
  const PAGE = 25; // findings shown at a time
  const PRINTED = 3000; // findings that go to paper
  const live = document.getElementById("live");
  if (!live) return;
  const data = JSON.parse(document.getElementById("data").textContent);
  const w = data.words;
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  // By name and not by form.elements, whose own members (item) stand in the way.
  const controls = {};
  form.querySelectorAll("[name]").forEach(function (control) { controls[control.name] = control; });
  const FACETS = ["list", "item", "rule", "severity", "origin", "status", "cause", "overdue"];
  const SEVERITIES = ["error", "warning", "info"];
  const STATUSES = ["new", "open", "reopened", "waived"];
  const NAMES = {
    list: names(data.lists, "key", "name"),
    item: names(data.items, "key", "name"),
    rule: names(data.rules, "id", "title"),
    severity: SEVERITIES.map(function (key) { return { key: key, name: w[key] }; }),
    origin: ["document", "reading"].map(function (key) { return { key: key, name: w[key] }; }),
    status: STATUSES.map(function (key) { return { key: key, name: w[key] }; }),
    cause: data.causes,
    overdue: [{ key: "yes", name: w.overdue }, { key: "no", name: w.in_time }]
  };

  // The columns are those of src/report/html/data.rs.
  const findings = data.findings.map(function (row, index) {
    const rule = data.rules[row[1]];
    return {
      index: index, id: row[0], rule: rule ? rule.id : "", title: rule ? rule.title : "", severity: row[2], status: row[3],
      origin: row[4], certainty: row[5], owner: row[6], list: data.lists[row[6]].key, level: row[7], seq: row[8],
      code: row[9], name: row[10], at: row[11], item: data.items[row[11]].key, field: row[12], found: row[13],
      expected: row[14], message: row[15], basis: data.texts[row[16]], remedy: data.texts[row[17]], place: row[18],
      quote: row[19], derived: row[20], since: row[21], cause: row[22], due: row[23],
      overdue: row[24] ? "yes" : row[23] && row[3] !== "waived" ? "no" : "", waiver: row[25], text: ""
    };
  });
  const waivers = new Map(data.waivers.map(function (one) { return [one.key, one.name]; }));
  const byId = new Map(findings.map(function (f) { return [f.id, f]; }));
  const lists = Array.from(live.querySelectorAll(".list")).map(function (section) {
    return {
      origin: section.dataset.origin, section: section, cards: section.querySelector(".cards"),
      count: section.querySelector(".count"), pager: section.querySelector(".pager"), page: 0, rows: []
    };
  });

  function names(all, key, name) {
    return all.map(function (one) { return { key: one[key], name: one[name] }; });
  }

  function named(facet, key) {
    const one = NAMES[facet].find(function (one) { return one.key === key; });
    return one ? one.name : "";
  }

  function fill(pattern, n, m) {
    return pattern.replace("{n}", n).replace("{m}", m);
  }

  function el(tag, className) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    for (let i = 2; i < arguments.length; i += 1) {
      if (arguments[i]) node.append(arguments[i]);
    }
    return node;
  }

  function link(className, href, text) {
    const node = el("a", className, text);
    node.href = href;
    return node;
  }

  // Text of the list, which stays Chinese on an English page.
  function chinese(node) {
    node.lang = "zh-CN";
    return node;
  }

  // One value, with what only it has marked.
  function value(pieces, className) {
    const dd = chinese(el("dd"));
    (Array.isArray(pieces) ? pieces : [pieces]).forEach(function (piece) {
      dd.append(Array.isArray(piece) ? el("mark", className, piece[0]) : piece);
    });
    return dd;
  }

  function fact(list, word, text, className, derived) {
    if (!text) return;
    const dd = el("dd", className, text);
    if (derived) dd.append(" ", el("span", "derived", w.derived));
    list.append(el("div", "", el("dt", "", word), dd));
  }

  function subject(f) {
    const line = el("p", "item", chinese(el("b", "", data.lists[f.owner].name)));
    line.append(el("span", "soft", (w["level_" + f.level] || f.level) + (f.seq ? " " + f.seq : "")));
    if (f.name) line.append(chinese(el("span", "", f.name)));
    if (f.code) line.append(el("code", "", f.code));
    return line;
  }

  function compared(f) {
    const box = el("div", "compare");
    const nothing = f.origin === "reading" ? w.nothing_legible : w.nothing_found;
    const found = f.found.length ? value(f.found, "found") : el("dd", "soft", nothing);
    const field = w["field_" + f.field] || f.field;
    box.append(el("dl", "", el("dt", "", w.found + (field ? " · " + field : "")), found));
    if (f.expected.length) {
      const head = el("dt", "", w.expected);
      if (f.derived) head.append(" ", el("span", "derived", w.derived_short));
      box.append(el("dl", "", head, value(f.expected, "expected")));
    }
    return box;
  }

  function card(f) {
    const reading = f.origin === "reading";
    const article = el("article", "card " + (f.status === "waived" ? "left" : reading ? "reading" : f.severity));
    article.id = "f-" + f.id;
    article.tabIndex = -1;
    const title = el("h4", "", f.rule ? link("", "#rule-" + f.rule, f.title) : f.title);
    // What is only doubtful carries no word of blame.
    const badge = reading ? el("span", "badge reading", w.doubtful_short) : el("span", "badge " + f.severity, w[f.severity] || f.severity);
    const head = el("header", "", badge, title);
    // Where there is no earlier run every finding is new, and to say so says nothing.
    if (f.status && (data.compared || f.status !== "new")) head.append(el("span", "status", w[f.status] || f.status));
    if (f.overdue === "yes") head.append(el("span", "badge overdue", w.overdue + (f.due === "unknown" ? "" : " " + f.due)));
    const self = link("permalink", "#f-" + f.id, "#" + f.id);
    self.title = w.permalink;
    head.append(self);
    article.append(head, subject(f));
    if (f.message) article.append(el("p", "message", f.message));
    if (f.found.length || f.expected.length) article.append(compared(f));
    const facts = el("dl", "facts");
    if (f.quote && f.quote !== f.found) facts.append(el("div", "whole", el("dt", "", w.quote), el("dd", "", chinese(el("q", "", f.quote)))));
    fact(facts, w.place, f.place, "ids");
    fact(facts, w.certainty, f.certainty);
    fact(facts, w.basis, f.basis, "", f.derived);
    fact(facts, w.todo, f.remedy);
    fact(facts, f.status === "reopened" ? w.back_since : w.first_seen, f.since);
    fact(facts, w.cause, named("cause", f.cause));
    fact(facts, w.due, f.due === "unknown" ? w.due_unknown : f.due);
    fact(facts, w.waiver, waivers.get(f.waiver) || f.waiver);
    if (f.waiver) facts.lastElementChild.className = "whole";
    article.append(facts);
    return article;
  }

  // Filters: what the form says, and the same in the address, so that a view can be sent on.
  function wanted() {
    const want = {};
    FACETS.forEach(function (facet) { want[facet] = controls[facet].value; });
    want.text = controls.text.value.trim();
    want.sort = controls.sort.value;
    return want;
  }

  function set(want) {
    FACETS.concat("text").forEach(function (name) {
      const control = controls[name];
      control.value = want[name] || "";
      // A value the form does not offer would hide everything without a word.
      if (name !== "text" && control.selectedIndex < 0) control.value = "";
    });
    controls.sort.value = want.sort || "gravity";
    if (controls.sort.selectedIndex < 0) controls.sort.value = "gravity";
  }

  function address(want) {
    const query = new URLSearchParams();
    Object.keys(want).forEach(function (name) {
      if (want[name] && !(name === "sort" && want[name] === "gravity")) query.set(name, want[name]);
    });
    const text = query.toString();
    return text ? "#?" + text : "";
  }

  function remember(hash, push) {
    if (location.hash === hash) return;
    const url = hash || location.pathname + location.search;
    try {
      history[push ? "pushState" : "replaceState"](null, "", url);
    } catch (refused) { /* some programs that show a mailed file have no history */ }
  }

  function searched(f) {
    const flat = function (value) { return Array.isArray(value) ? value.map(String).join("") : value; };
    f.text = f.text || [f.id, f.rule, f.title, data.lists[f.owner].name, f.seq, f.code, f.name, flat(f.found),
      flat(f.expected), f.message, f.basis, f.remedy, f.place, f.quote, named("cause", f.cause), waivers.get(f.waiver) || ""].join("\n").toLowerCase();
    return f.text;
  }

  const ORDERS = {
    // What was agreed to be left weighs least.
    gravity: function (a, b) { return (a.status === "waived") - (b.status === "waived") || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity); },
    list: function (a, b) { return a.owner - b.owner; },
    item: function (a, b) { return a.at - b.at; },
    rule: function (a, b) { return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0; },
    certainty: function (a, b) { return b.certainty - a.certainty; }
  };

  function apply() {
    const want = wanted();
    const words = want.text.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = {};
    FACETS.forEach(function (facet) { counts[facet] = new Map(); });
    const kept = findings.filter(function (f) {
      let missed = 0;
      let facet = "";
      for (let i = 0; i < FACETS.length; i += 1) {
        if (want[FACETS[i]] && f[FACETS[i]] !== want[FACETS[i]]) {
          missed += 1;
          facet = FACETS[i];
          if (missed > 1) return false;
        }
      }
      for (let i = 0; i < words.length; i += 1) {
        if (!searched(f).includes(words[i])) return false;
      }
      // What one facet alone hides still counts among that facet's choices.
      FACETS.forEach(function (name) {
        if (missed === 0 || name === facet) counts[name].set(f[name], (counts[name].get(f[name]) || 0) + 1);
      });
      return missed === 0;
    });
    const order = ORDERS[want.sort];
    kept.sort(function (a, b) { return order(a, b) || ORDERS.gravity(a, b) || a.index - b.index; });
    lists.forEach(function (list) {
      list.rows = kept.filter(function (f) { return f.origin === list.origin; });
      // Who checks by hand goes through the originals from top to bottom.
      if (list.origin === "reading" && want.sort === "gravity") list.rows.sort(function (a, b) { return a.index - b.index; });
      list.page = 0;
      list.section.hidden = Boolean(want.origin) && want.origin !== list.origin;
    });
    choices(want, counts);
    shown.textContent = fill(w.filter_shown, kept.length, findings.length);
    lists.forEach(draw);
    return want;
  }

  function choices(want, counts) {
    FACETS.forEach(function (facet) {
      const control = controls[facet];
      const options = [new Option(w.filter_all, "")];
      NAMES[facet].forEach(function (one) {
        const count = counts[facet].get(one.key) || 0;
        if (count || one.key === want[facet]) options.push(new Option(one.name + " (" + count + ")", one.key));
      });
      control.replaceChildren.apply(control, options);
      control.value = want[facet];
    });
  }

  // Shows a page of a list; the rows of several regions are divided by headings where they follow
  // one another by region.
  function draw(list, everything) {
    const printing = everything === true;
    const first = printing ? 0 : list.page * PAGE;
    const rows = list.rows.slice(first, printing ? PRINTED : first + PAGE);
    const divided = (printing || controls.sort.value === "list") && data.lists.length > 1;
    const parts = document.createDocumentFragment();
    let owner = -1;
    rows.forEach(function (f) {
      if (divided && f.owner !== owner) {
        owner = f.owner;
        parts.append(chinese(el("p", "owner", data.lists[owner].name)));
      }
      parts.append(card(f));
    });
    if (rows.length === 0) parts.append(el("p", "soft", w.nothing_matches));
    if (printing && list.rows.length > PRINTED) parts.append(el("p", "soft", fill(w.print_bound, PRINTED)));
    list.cards.replaceChildren(parts);
    list.count.textContent = fill(w.findings_of, list.rows.length);
    pager(list);
  }

  function pager(list) {
    const pages = Math.ceil(list.rows.length / PAGE);
    list.pager.hidden = pages < 2;
    const button = function (word, step) {
      const node = el("button", "", word);
      node.type = "button";
      node.disabled = list.page + step < 0 || list.page + step >= pages;
      node.addEventListener("click", function () {
        list.page += step;
        draw(list);
        list.section.querySelector("h3").focus({ preventScroll: true });
        list.section.scrollIntoView();
      });
      return node;
    };
    list.pager.replaceChildren(button(w.pager_before, -1), el("span", "", fill(w.pager_page, list.page + 1, pages)), button(w.pager_after, 1));
  }

  // Leads to one finding, whatever hides it.
  function show(f) {
    const list = lists.find(function (one) { return one.origin === f.origin; });
    if (!list.rows.includes(f)) {
      set({});
      apply();
    }
    list.page = Math.floor(list.rows.indexOf(f) / PAGE);
    draw(list);
    lead(document.getElementById("f-" + f.id));
  }

  function lead(node) {
    if (!node) return;
    live.querySelectorAll(".card.sought").forEach(function (one) { one.classList.remove("sought"); });
    if (node.classList.contains("card")) node.classList.add("sought");
    node.focus({ preventScroll: true });
    node.scrollIntoView();
  }

  function follow() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("?")) {
      const want = {};
      new URLSearchParams(location.hash.slice(2)).forEach(function (value, name) { want[name] = value; });
      set({});
      apply(); // offers every choice, so that each can be chosen
      set(want);
      apply();
      lead(document.getElementById("findings"));
      return;
    }
    const f = byId.get(hash.replace(/^f-/, ""));
    if (f) show(f);
    else if (hash.startsWith("rule-") || hash === "changed") lead(document.getElementById(hash));
  }

  let pending = 0;
  form.addEventListener("input", function () {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(function () { remember(address(apply()), false); });
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    setTimeout(function () { set({}); remember(address(apply()), false); }, 0);
  });
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", function (event) {
    const anchor = event.target.closest("a[href^='#']");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const row = anchor.closest("[data-list]");
    if (anchor.dataset.item && row) {
      event.preventDefault();
      const want = { list: row.dataset.list, item: anchor.dataset.item };
      set({});
      apply();
      set(want);
      remember(address(apply()), true);
      lead(document.getElementById("f-" + byId.get(anchor.hash.slice(3)).id));
    } else if (anchor.hash === location.hash) {
      follow(); // a second click on a link must lead there again
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      controls.text.focus();
    }
  });
  // In a large matrix the headings are far away.
  document.querySelectorAll(".map tbody").forEach(function (body) {
    const heads = body.parentNode.tHead.rows[0].cells;
    body.addEventListener("mouseover", function (event) {
      const cell = event.target.closest("td.c");
      if (!cell || cell.title) return;
      const region = cell.parentNode.cells[0].firstElementChild.textContent;
      cell.title = region + " · " + heads[cell.cellIndex].textContent + w.colon + (cell.querySelector("a") || cell).getAttribute("aria-label");
    });
  });
  window.addEventListener("beforeprint", function () {
    lists.forEach(function (list) {
      list.rows.sort(function (a, b) { return ORDERS.list(a, b) || ORDERS.gravity(a, b) || a.index - b.index; });
      draw(list, true);
    });
  });
  window.addEventListener("afterprint", function () { apply(); });

  live.hidden = false;
  controls.list.closest("label").hidden = data.lists.length < 2;
  [["cause", data.causes.length > 0], ["overdue", findings.some(function (f) { return f.overdue; })]].forEach(function (one) {
    controls[one[0]].closest("label").hidden = !one[1];
  });
  form.classList.toggle("timed", !controls.cause.closest("label").hidden && !controls.overdue.closest("label").hidden);
  apply();
  if (location.hash) follow();
}());
