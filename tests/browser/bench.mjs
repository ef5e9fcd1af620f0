// How a large report behaves: node bench.mjs FOLDER prints first paint, when the page can be worked
// with, and how long a filter, a search and a turn of the page take until they are painted.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { launch, open } from "./browser.mjs";

const folder = process.argv[2];
const file = join(folder, "index.html");
const RUNS = 5;
const house = await launch();
const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const times = { "first paint": [], "ready to work with": [], filter: [], "search": [], "turn a page": [], "follow a link": [] };

// Time from an action until its result is painted.
const timed = (page, act, argument) => page.evaluate(async (source, value) => {
  const begun = performance.now();
  new Function("value", source)(value);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))));
  return performance.now() - begun;
}, act, argument);

const input = "const c = document.querySelector('#filter [name=' + value[0] + ']'); c.value = value[1]; c.dispatchEvent(new Event('input', { bubbles: true }));";
const last = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")).findings.at(-1).id;
let findings = "";
for (let run = 0; run < RUNS; run += 1) {
  const page = await open(house.browser, file);
  const { paint, ready } = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
  }));
  times["first paint"].push(paint);
  times["ready to work with"].push(ready);
  times.search.push(await timed(page, input, ["text", "办理"]));
  times.search.push(await timed(page, input, ["text", "办理时限"]));
  await timed(page, input, ["text", ""]);
  times.filter.push(await timed(page, input, ["severity", "warning"]));
  times.filter.push(await timed(page, input, ["severity", ""]));
  times["turn a page"].push(await timed(page, "document.querySelector('.pager button:last-child').click()"));
  times["follow a link"].push(await timed(page, "location.hash = 'f-' + value", last));
  findings = await page.$eval("#shown", (output) => output.textContent);
  await page.close();
}
await house.close();
process.stdout.write(`${findings}; ${(statSync(file).size / 1e6).toFixed(1)} MB\n`);
for (const [name, all] of Object.entries(times)) process.stdout.write(`${name}: ${Math.round(middle(all))} ms\n`);
