// Reads a page whose writer lives, is killed, and comes back: `node gone.mjs PLAN.json`; prints what it saw as JSON.
// A plan: {browser, file}; the file's time is freshened as `lfroadmap export --watch` does.
import { createRequire } from "node:module";
import { readFileSync, utimesSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)("playwright-core");
const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({ executablePath: plan.browser, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("console", (told) => errors.push(told.text()));
let loads = 0;
page.on("load", () => (loads += 1));
const freshen = () => utimesSync(plan.file, new Date(), new Date());
const gone = () => page.waitForFunction(() => document.getElementById("gone")?.hidden === false, null, { timeout: 120_000 });
const there = () => page.waitForFunction(() => document.getElementById("gone")?.hidden === true, null, { timeout: 120_000 });
const seen = {};

const writer = setInterval(freshen, 400);
await page.goto(pathToFileURL(plan.file).href);
const end = Date.now() + 20_000; // longer than a page waits for a sign of its writer
while (Date.now() < end || loads < 5) await page.waitForTimeout(100);
seen.alive = await page.evaluate(() => document.getElementById("gone")?.hidden);
clearInterval(writer);
await gone();
seen.message = await page.locator("#gone").innerText();
freshen();
await there();
seen.back = true;
await browser.close();
console.log(JSON.stringify({ ...seen, errors }));
