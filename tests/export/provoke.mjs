// Opens pages with their own policy in force, and provokes them: `node provoke.mjs PLAN.json`; prints what came of it.
// A plan: {browser, server, views: [{name, address, links?, leaves?}]}; every host leads to the server.
// On each page what has the id `hit` is clicked; with `links`, every link there is; `leaves`: to another page. A script that runs sets `ran`.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { chromium } = createRequire(import.meta.url)("playwright-core");
const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({
  executablePath: plan.browser,
  args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP * ${plan.server}`],
});
const found = {};
const bare = (url) => String(url).split("#")[0];

// Like a hand: a click of the library's own would wait for the navigation that the policy refuses.
async function press(page, what) {
  await what.scrollIntoViewIfNeeded();
  // of a link that is wrapped its first line: the box around both is not all of it
  const { x, y, width, height } = await what.evaluate((node) => node.getClientRects()[0].toJSON());
  await page.mouse.click(x + Math.min(width, 8) / 2, y + Math.min(height, 20) / 2);
}

async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((node) => { node.open = true; }));
}

async function follow(page, address) {
  const count = await page.locator("a").count();
  for (let n = 0; n < count; n++) {
    const link = page.locator("a").nth(n);
    const leads = await link.evaluate((node) => node.href);
    await link.focus(); // what is there for the keyboard only comes into view
    await press(page, link);
    if (!/^https?:/.test(leads) || bare(leads) === address) continue;
    await page.waitForURL((url) => bare(url) !== address);
    await page.goto(address);
    await unfold(page);
  }
  return count;
}

async function provoke({ name, address, links, leaves }) {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const dialogs = [], left = [];
  let ran = false;
  await page.addInitScript(() => Object.defineProperty(window, "ran", { set: () => console.debug("ran"), get: () => false }));
  page.on("console", (message) => { ran ||= message.text() === "ran"; });
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss().catch(() => {}); // it may be gone with its frame
  });
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame() && bare(frame.url()) !== address) left.push(frame.url());
  });
  await page.goto(address);
  if (links) await unfold(page);
  if (await page.locator("#hit").count()) await press(page, page.locator("#hit"));
  const clicked = links ? await follow(page, address) : 0;
  if (leaves) await page.waitForURL((url) => bare(url) !== address);
  await page.waitForTimeout(200); // what is refused gives nothing to wait for; without the policy it shows within this
  await page.waitForLoadState();
  found[name] = { dialogs, ran, left, clicked, tabs: context.pages().length };
  await context.close();
}
for (let n = 0; n < plan.views.length; n += 6) await Promise.all(plan.views.slice(n, n + 6).map(provoke));
await browser.close();
console.log(JSON.stringify(found));
