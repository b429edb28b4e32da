// node chromium.mjs: serves a page on a free port and writes its origin as one line. Then it reads one line, "SERVICE
// TRIAL", opens the page in Chromium, and writes what became of the page's calls as one JSON object.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { compileDescriptors } from "./descriptors.mjs";

const bundle = await build({
  entryPoints: [fileURLToPath(new URL("./page.mjs", import.meta.url))],
  bundle: true,
  format: "iife",
  platform: "browser",
  write: false,
});
const page = '<!doctype html><meta charset="utf-8"><title>Calls</title><script src="/page.js"></script>';
const server = createServer((request, response) => {
  const isScript = request.url === "/page.js";
  response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
  response.end(isScript ? bundle.outputFiles[0].text : page);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();
console.log(`http://127.0.0.1:${port}`);

const input = createInterface({ input: process.stdin });
const [service, trial] = (await input[Symbol.asyncIterator]().next()).value.split(" ");
input.close();

const profile = mkdtempSync(join(tmpdir(), "hashmatch-chromium-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.HASHMATCH_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
let answer;
try {
  const descriptors = [...compileDescriptors()];
  const allowed = await browser.newPage();
  await allowed.goto(`http://127.0.0.1:${port}/`);
  const called = await allowed.evaluate((args) => globalThis.runPage(...args), [descriptors, service, trial]);

  // The same page under another name of the same machine is another origin, which nobody allowed.
  const stranger = await browser.newPage();
  await stranger.goto(`http://localhost:${port}/`);
  const refused = await stranger.evaluate((address) => globalThis.runStranger(address), service);
  answer = { ...called, stranger: refused };
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
}

// Last, because whoever reads it ends this process.
console.log(JSON.stringify(answer));
process.exit(0);
