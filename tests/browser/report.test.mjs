// What a reader does with a report, in a real browser. The folders come from the environment:
// REPORT_ZH and REPORT_EN are the bundled lists, REPORT_HOSTILE a list whose cells hold markup.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const zh = process.env.REPORT_ZH;
const index = join(zh, "index.html");
const report = JSON.parse(readFileSync(join(zh, "report.json"), "utf8"));
const { findings } = report;
let house;

before(async () => { house = await launch(); });
after(async () => { await house.close(); });

async function opened(file, options, look) {
  const page = await open(house.browser, file, options);
  try {
    await look(page);
    assert.deepEqual(page.faults, []);
  } finally {
    await page.close();
  }
}

// Cards on the page, as ids in their order.
const cards = (page) => page.$$eval(".card", (all) => all.map((card) => card.id.slice(2)));
// What the counter says: how many findings match.
const matching = (page) => page.$eval("#shown", (output) => Number(output.textContent.match(/\d+/)[0]));
const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function choose(page, facet, value) {
  await page.select(`#filter [name=${facet}]`, value);
  await frame(page);
}

async function pick(page, want) {
  for (const [facet, value] of Object.entries(want)) await choose(page, facet, value);
}

for (const lang of ["zh", "en"]) {
  for (const [name, path] of [["national", "index.html"], ["region", "regions/64.html"]]) {
    for (const dark of [false, true]) {
      test(`${name} ${lang} ${dark ? "dark" : "light"}: accessible`, async () => {
        const folder = lang === "zh" ? zh : process.env.REPORT_EN;
        await opened(join(folder, path), { dark }, async (page) => {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
          const said = violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 5).map((n) => n.target.join(" ")).join(", ")}`);
          assert.deepEqual(said, []);
        });
      });
    }
    test(`${name} ${lang}: no sideways scrolling at 360 px`, async () => {
      const folder = lang === "zh" ? zh : process.env.REPORT_EN;
      await opened(join(folder, path), { width: 360, height: 740 }, async (page) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 360, `${width} px wide`);
      });
    });
  }
}

test("every finding can be reached, a page at a time", async () => {
  await opened(index, {}, async (page) => {
    assert.equal(await matching(page), findings.length);
    const seen = new Set(await cards(page));
    for (const origin of ["document", "reading"]) {
      const after = `.list[data-origin=${origin}] .pager button:last-child:not([disabled])`;
      while (await page.$(after)) {
        await page.click(after);
        for (const id of await cards(page)) seen.add(id);
      }
    }
    assert.deepEqual([...seen].sort(), findings.map((f) => f.id).sort());
  });
});

test("our reading stands apart from the faults of the lists", async () => {
  await opened(index, {}, async (page) => {
    for (const origin of ["document", "reading"]) {
      const shown = await page.$$eval(`.list[data-origin=${origin}] .card`, (all) => all.map((card) => card.id.slice(2)));
      assert.ok(shown.length > 0);
      for (const id of shown) assert.equal(findings.find((f) => f.id === id).origin, origin);
    }
  });
});

test("each filter keeps what it names", async () => {
  const wanted = [
    [{ list: "r-64" }, (f) => f.region_code === "64"],
    [{ rule: "code-format" }, (f) => f.rule === "code-format"],
    [{ severity: "error" }, (f) => f.severity === "error"],
    [{ origin: "reading" }, (f) => f.origin === "reading"],
    [{ status: "new" }, (f) => f.status === "new"],
    [{ item: "list" }, (f) => f.level === "list"],
    [{ list: "r-15", severity: "warning" }, (f) => f.region_code === "15" && f.severity === "warning"],
  ];
  await opened(index, {}, async (page) => {
    for (const [want, keeps] of wanted) {
      await pick(page, want);
      const expected = findings.filter(keeps);
      assert.equal(await matching(page), expected.length, JSON.stringify(want));
      assert.ok(expected.length > 0);
      const ids = new Set(expected.map((f) => f.id));
      for (const id of await cards(page)) assert.ok(ids.has(id), JSON.stringify(want));
      await page.click("#filter [type=reset]");
      await frame(page);
      assert.equal(await matching(page), findings.length);
    }
  });
});

test("a search looks at every word of a finding, and its result can be sent on", async () => {
  const sought = findings.find((f) => f.quote && f.code);
  await opened(index, {}, async (page) => {
    await page.type("#filter [name=text]", `${sought.code} ${sought.rule}`);
    await frame(page);
    const ids = await cards(page);
    assert.ok(ids.includes(sought.id) && ids.length < findings.length);
    const url = new URL(page.url());
    await opened(index, { hash: url.hash }, async (other) => assert.deepEqual(await cards(other), ids));
    await page.click("#filter [name=text]", { count: 3 });
    await page.keyboard.type("没有这样的话");
    await frame(page);
    assert.equal(await matching(page), 0);
  });
});

test("findings are sorted as chosen", async () => {
  const of = (id) => findings.find((f) => f.id === id);
  const order = {
    gravity: (f) => ["error", "warning", "info"].indexOf(f.severity),
    list: (f) => report.regions.findIndex((r) => r.file === f.file),
    rule: (f) => f.rule,
    certainty: (f) => -f.certainty,
  };
  await opened(index, {}, async (page) => {
    for (const [sort, key] of Object.entries(order)) {
      await choose(page, "sort", sort);
      const shown = await page.$$eval(".list[data-origin=document] .card", (all) => all.map((card) => card.id.slice(2)));
      const keys = shown.map((id) => key(of(id)));
      assert.deepEqual(keys, [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), sort);
    }
  });
});

test("a link leads to its finding, whatever page or filter hides it", async () => {
  const some = [findings[0], findings.at(-1), findings.findLast((f) => f.origin === "reading"), findings.findLast((f) => f.severity === "info")];
  for (const f of some) {
    await opened(index, { hash: `#f-${f.id}` }, async (page) => {
      const [id, inside] = await page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect();
        return [document.activeElement.id, box.top >= 0 && box.top < innerHeight];
      });
      assert.equal(id, `f-${f.id}`);
      assert.ok(inside, "in view");
    });
  }
  await opened(index, {}, async (page) => {
    await pick(page, { severity: "error" });
    const hidden = findings.find((f) => f.severity === "info");
    await page.evaluate((id) => { location.hash = `f-${id}`; }, hidden.id);
    await page.waitForFunction((id) => document.activeElement.id === `f-${id}`, {}, hidden.id);
  });
});

test("a cell of the matrix leads to its findings", async () => {
  await opened(index, {}, async (page) => {
    const links = await page.$$eval(".map td a", (all) => all.map((a) => a.hash.slice(3)));
    assert.ok(links.length > 20);
    for (const id of [links[0], links[Math.floor(links.length / 2)], links.at(-1)]) {
      await page.click(`.map td a[href="#f-${id}"]`);
      assert.equal(await page.evaluate(() => document.activeElement.id), `f-${id}`);
      assert.ok((await matching(page)) < findings.length);
    }
  });
});

test("the matrix holds every finding exactly once", async () => {
  await opened(index, {}, async (page) => {
    const items = await page.$$eval("#filter [name=item] option", (all) => all.map((option) => option.value).filter(Boolean));
    let sum = 0;
    for (const item of items) {
      await choose(page, "item", item);
      sum += await matching(page);
    }
    assert.equal(sum, findings.length);
    for (const region of report.regions) {
      const cells = new Set(findings.filter((f) => f.file === region.file).map((f) => report.national_items.find((item) => item.cells.some((cell) => cell.findings.includes(f.id)))?.code ?? f.level.replace("business", "item")));
      const linked = await page.$$eval(`.map tr[data-list="r-${region.code}"] td a`, (all) => all.length);
      assert.equal(linked, cells.size, region.name);
    }
  });
});

test("a finding leads to its rule, and the rule to its findings", async () => {
  await opened(index, {}, async (page) => {
    const rule = await page.$eval(".card h4 a", (a) => a.hash.slice(1));
    await page.click(".card h4 a");
    await page.waitForFunction((id) => document.activeElement.id === id, {}, rule);
    await page.click(`[id="${rule}"] .jump`);
    await frame(page);
    const id = rule.replace("rule-", "");
    assert.equal(await matching(page), findings.filter((f) => f.rule === id).length);
  });
});

test("every link within a page has its target", async () => {
  for (const path of ["index.html", ...report.regions.map((r) => `regions/${r.code}.html`)]) {
    await opened(join(zh, path), {}, async (page) => {
      const ids = new Set(findings.map((f) => `f-${f.id}`));
      const missing = await page.$$eval("a[href^='#']", (all) => all.map((a) => decodeURIComponent(a.hash.slice(1))).filter((id) => !id.startsWith("?") && !document.getElementById(id)));
      assert.deepEqual(missing.filter((id) => !ids.has(id)), [], path);
    });
  }
});

test("the page is worked by keyboard alone", async () => {
  await opened(index, {}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "findings" || document.querySelector("#findings").matches(":target"));
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.name), "text");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.name), "list");
    await page.focus(".map td a");
    await page.keyboard.press("Enter");
    assert.ok((await page.evaluate(() => document.activeElement.id)).startsWith("f-"));
  });
});

test("a region's page names no other region", async () => {
  for (const own of report.regions) {
    const text = readFileSync(join(zh, `regions/${own.code}.html`), "utf8");
    for (const other of report.regions.filter((r) => r.code !== own.code)) {
      assert.ok(!text.includes(other.file), `${own.code} shows ${other.file}`);
      for (const f of findings.filter((f) => f.region_code === other.code)) assert.ok(!text.includes(f.id));
    }
    await opened(join(zh, `regions/${own.code}.html`), {}, async (page) => {
      assert.equal(await matching(page), findings.filter((f) => f.region_code === own.code).length);
    });
  }
});

test("without a script the findings stand in a table", async () => {
  await opened(index, { script: false }, async (page) => {
    const rows = await page.$$("table.plain tbody tr");
    assert.equal(rows.length, findings.length);
    assert.ok(await rows[0].isVisible());
    assert.equal(await page.$("#live:not([hidden])"), null);
  });
});

test("on paper every finding stands, by region", async () => {
  await opened(index, {}, async (page) => {
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal((await cards(page)).length, findings.length);
    const owners = await page.$$eval(".list[data-origin=document] .owner", (all) => all.map((one) => one.textContent));
    assert.equal(new Set(owners).size, owners.length);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.ok((await cards(page)).length < findings.length);
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 50000);
  });
});

test("text from a document is never markup", async () => {
  const folder = process.env.REPORT_HOSTILE;
  const hostile = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
  const marked = hostile.findings.filter((f) => JSON.stringify(f).includes("<img"));
  assert.ok(marked.length > 0);
  for (const path of ["index.html", `regions/${hostile.regions[0].code}.html`]) {
    await opened(join(folder, path), {}, async (page) => {
      assert.equal(await page.$("img, iframe, object"), null);
      assert.equal((await page.$$("script")).length, 2);
      assert.ok((await page.$eval("#live", (live) => live.textContent)).includes("<img"));
    });
  }
});
