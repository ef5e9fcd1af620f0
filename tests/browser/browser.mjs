// A browser that may read the report's files and nothing else.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
];

// The program that CHROMIUM names, or the first on the path: puppeteer wants it in full.
function chromium() {
  const named = process.env.CHROMIUM || "chromium";
  if (named.includes("/")) return named;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, named)).find((path) => existsSync(path)) ?? named;
}

export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "heyan-browser-"));
  const browser = await puppeteer.launch({
    executablePath: chromium(), headless: true, userDataDir: profile, args: FLAGS,
  });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// Opens a file; `faults` collects what a report must never do: speak on the console, fail, or ask for
// anything but itself and its neighbours in the folder.
export async function open(browser, file, options = {}) {
  const { width = 1280, height = 900, dark = false, hash = "", script = true } = options;
  const page = await browser.newPage();
  const url = pathToFileURL(file).href;
  page.faults = [];
  page.on("console", (message) => page.faults.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { page.faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) page.faults.push(`request: ${request.url()}`);
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(url + hash, { waitUntil: "load" });
  return page;
}
