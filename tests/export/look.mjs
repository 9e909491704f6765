// Looks at pages in a real browser: `node look.mjs PLAN.json`; prints what it found as JSON.
// A plan: {browser, views: [{name, file, width, height, dark, picture?, pdf?}]}
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({ executablePath: plan.browser, args: ["--no-sandbox", "--disable-gpu"] });
const found = {};
for (const view of plan.views) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.dark ? "dark" : "light",
    bypassCSP: true, // the rules are put into the page as a script, which its policy forbids
  });
  const page = await context.newPage();
  const requests = [], dialogs = [], errors = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  page.on("pageerror", (error) => errors.push(String(error)));
  const address = pathToFileURL(view.file).href;
  await page.goto(address);
  for (const details of await page.$$("details")) await details.evaluate((node) => { node.open = true; });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const broken = await page.evaluate(() => {
    const cells = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text = cells.nextNode(); text; text = cells.nextNode()) {
      if (!text.parentElement.closest("td") || !/^[\d.,%]{1,20}$/.test(text.data)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      if (new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size > 1) found.push(text.data);
    }
    return found;
  });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  for (const details of await page.$$("details")) await details.evaluate((node) => { node.open = false; });
  if (view.picture) await page.screenshot({ path: view.picture, fullPage: view.whole ?? true });
  if (view.pdf) await page.pdf({ path: view.pdf, preferCSSPageSize: true });
  found[view.name] = {
    requests: requests.filter((url) => url !== address),
    dialogs, errors, wide, broken,
    violations: violations.map((v) => `${v.id}: ${v.nodes.length}× ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`),
  };
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
