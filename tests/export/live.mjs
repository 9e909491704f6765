// Reads a page whose file is written again meanwhile: `node live.mjs PLAN.json`; prints what it saw as JSON.
// A plan: {browser, file, versions: [path, …]}; the file is replaced by each version in turn.
import { createRequire } from "node:module";
import { copyFileSync, readFileSync, renameSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)("playwright-core");
const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({ executablePath: plan.browser, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 900, height: 400 } });
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("console", (message) => errors.push(message.text()));
const heading = () => page.locator("h1").textContent();
const came = async (text) => page.waitForFunction((wanted) => document.querySelector("h1")?.textContent === wanted, text);
let next = 0;
const write = () => {
  copyFileSync(plan.versions[next], `${plan.file}.new`);
  renameSync(`${plan.file}.new`, plan.file);
  next += 1;
};
const seen = {};

write();
await page.goto(pathToFileURL(plan.file).href);
seen.switch = await page.locator(".live").isVisible();
await page.waitForFunction(() => {
  document.querySelector("details").open = true; // again, where the page was loaded before it took note
  return window.name.includes("open");
});
const at = await page.evaluate(() => {
  const link = document.querySelector("nav > ul > li:last-child a");
  location.hash = link.hash; // as if it had been followed, and the reader had gone on from there
  link.focus({ preventScroll: true });
  scrollTo({ top: 500, behavior: "instant" });
  return scrollY;
});
write();
await came("Version 1");
await page.waitForTimeout(1000); // a page that jumps does so smoothly
seen.stays = await page.evaluate(() => [scrollY, document.querySelector("details").open, document.activeElement.textContent]);
seen.stays[0] -= at;

await page.locator("#live").uncheck();
write();
await page.waitForTimeout(7000);
seen.stopped = await heading();
await page.reload();
seen.kept = [await heading(), await page.locator("#live").isChecked()];

await page.locator("#live").check();
await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("main")));
write();
await page.waitForTimeout(7000);
seen.selected = await heading();
await page.evaluate(() => getSelection().removeAllRanges());
await came("Version 3");
await browser.close();
console.log(JSON.stringify({ ...seen, errors }));
