// What a reader learns of earlier runs. REPORT_PAST is the third of three runs: one code was mended,
// another is wrong again as it was on the first day.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = process.env.REPORT_PAST;
const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
const { findings, gone } = report;
const told = (f) => f.origin === "document";
const pages = ["index.html", ...report.regions.map((region) => `regions/${region.code}.html`)];
let house;

before(async () => { house = await launch(); });
after(async () => { await house.close(); });

async function opened(path, options, look) {
  const page = await open(house.browser, join(folder, path), options);
  try {
    await look(page);
    assert.deepEqual(page.faults, []);
  } finally {
    await page.close();
  }
}

const matching = (page) => page.$eval("#shown", (output) => Number(output.textContent.match(/\d+/)[0]));

test("the runs are told apart", () => {
  assert.ok(report.previous);
  assert.ok(findings.some((f) => told(f) && f.status === "reopened"));
  assert.ok(findings.some((f) => f.status === "open"));
  assert.ok(gone.some((g) => told(g) && g.state === "settled"));
  assert.equal(report.trend.length, 3);
});

for (const dark of [false, true]) {
  for (const path of pages) {
    test(`${path} ${dark ? "dark" : "light"}: accessible, with everything unfolded`, async () => {
      await opened(path, { dark }, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 5).map((n) => n.target.join(" ")).join(", ")}`), []);
      });
    });
  }
}

test("no sideways scrolling at 360 px, with everything unfolded", async () => {
  for (const path of pages) {
    await opened(path, { width: 360, height: 740 }, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `${path}: ${width} px wide`);
    });
  }
});

test("the first screen counts and leads to the changes", async () => {
  await opened("index.html", {}, async (page) => {
    const counts = await page.$$eval(".change span b", (all) => all.map((b) => Number(b.textContent)));
    const of = (status) => findings.filter((f) => told(f) && f.status === status).length;
    assert.deepEqual(counts.slice(0, 4), ["new", "reopened", "open", "waived"].map(of));
    const settled = gone.filter((g) => told(g) && g.state === "settled").length;
    assert.equal(counts[4], settled);
    await page.click(".change a[href='#changed']");
    await page.waitForFunction(() => document.activeElement.id === "changed");
  });
});

test("what came leads to its findings, and all of one cause to the filter", async () => {
  await opened("index.html", {}, async (page) => {
    const came = findings.filter((f) => told(f) && ["new", "reopened"].includes(f.status));
    const linked = await page.$$eval(".changed li a", (all) => all.map((a) => a.hash.slice(3)));
    assert.deepEqual([...linked].sort(), came.map((f) => f.id).sort());
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    await page.click(`.changed a[href="#f-${linked[0]}"]`);
    await page.waitForFunction((id) => document.activeElement.id === id, {}, `f-${linked[0]}`);
    for (const cause of new Set(came.map((f) => f.cause))) {
      await page.click(`.changed a[href$="cause=${cause.replaceAll("+", "%2B")}"]`);
      await page.waitForFunction((value) => document.querySelector("[name=cause]").value === value, {}, cause);
      assert.equal(await matching(page), came.filter((f) => f.cause === cause).length);
    }
  });
});

test("a region is told of its own changes and no others", async () => {
  for (const own of report.regions) {
    const text = readFileSync(join(folder, `regions/${own.code}.html`), "utf8");
    for (const g of gone) assert.equal(text.includes(g.id), g.region_code === own.code && told(g), g.id);
  }
});

test("the chart has a point a run and the table says the same", async () => {
  await opened("index.html", {}, async (page) => {
    assert.equal((await page.$$(".trend svg.trend")).length, 1);
    const rows = await page.$$eval(".trend tbody tr", (all) => all.map((row) => row.querySelector(".n.error").textContent));
    const sums = report.trend.map((run) => String(run.regions.reduce((sum, region) => sum + region.document.error, 0)));
    assert.deepEqual(rows, sums.reverse());
  });
});

test("filters that earlier runs make are there, and without one they are not", async () => {
  await opened("index.html", {}, async (page) => {
    const shown = await page.$$eval("#filter label:not([hidden]) [name]", (all) => all.map((one) => one.name));
    assert.ok(shown.includes("cause"));
    assert.equal(shown.includes("overdue"), findings.some((f) => f.due));
  });
});
