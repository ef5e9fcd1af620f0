// A picture of a page: node picture.mjs PAGE PICTURE [WIDTH HEIGHT [light|dark]]

import { launch, open } from "./browser.mjs";

const [file, picture, width = "1280", height = "1500", scheme = "light"] = process.argv.slice(2);
const house = await launch();
const page = await open(house.browser, file, { width: Number(width), height: Number(height), dark: scheme === "dark" });
await page.screenshot({ path: picture });
await house.close();
