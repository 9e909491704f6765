// Saves pages again as a browser does: `node save.mjs PLAN.json`.
// A plan: {browser, pages: [{file, dom, mhtml}]}; each page is written as its document and as a single file.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)("playwright-core");
const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({ executablePath: plan.browser, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const remote = await page.context().newCDPSession(page);
for (const { file, dom, mhtml } of plan.pages) {
  await page.goto(pathToFileURL(file).href);
  writeFileSync(dom, await page.content());
  writeFileSync(mhtml, (await remote.send("Page.captureSnapshot", { format: "mhtml" })).data);
}
await browser.close();
