// The page's hasher in Chromium, under the strictest policy: built, served from a free port, driven by Playwright.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const web = fileURLToPath(new URL("../../../src/HashMatch.Web/", import.meta.url));

// As the service sends it.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "webrtc 'block'",
  "require-trusted-types-for 'script'",
  "trusted-types hashmatch",
].join("; ");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function buildInto(folder) {
  const vite = createRequire(join(web, "package.json")).resolve("vite/package.json");
  const { build } = await import(pathToFileURL(join(dirname(vite), "dist/node/index.js")));
  // The build prints digests; what is printed here belongs to whoever uses the page.
  const { log } = console;
  console.log = () => undefined;
  await build({
    root: web,
    configFile: join(web, "vite.config.ts"),
    logLevel: "warn",
    build: {
      outDir: relative(web, folder),
      emptyOutDir: true,
      rollupOptions: { input: join(web, "tests/browser/hashing.html") },
    },
  });
  console.log = log;
}

function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://page").pathname));
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "content-security-policy": POLICY,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** The most megabytes that the browser's tabs ever had in memory, or undefined where the system does not say. */
function peakMemoryOf(profile) {
  try {
    const peaks = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => peakOf(pid, profile));
    return Math.round(Math.max(...peaks) / 1024);
  } catch {
    return undefined;
  }
}

function peakOf(pid, profile) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const parent = readFileSync(`/proc/${/PPid:\s+(\d+)/.exec(status)[1]}/cmdline`, "utf8");
    const isTab = command.includes("--type=renderer") && (command + parent).includes(profile);
    return isTab ? Number(/VmHWM:\s+(\d+)/.exec(status)[1]) : 0;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}

/** Opens the page and hands it to `use`, with what the browser complained of so far. */
export async function withHasherPage(use, { initScript } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "hashmatch-page-"));
  const profile = mkdtempSync(join(tmpdir(), "hashmatch-chromium-"));
  let browser;
  let server;
  try {
    await buildInto(folder);
    server = await serve(folder);
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.HASHMATCH_CHROMIUM ?? "/usr/bin/chromium",
      args: FLAGS,
    });
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.setDefaultTimeout(600_000);
    if (initScript !== undefined) {
      await page.addInitScript(initScript);
    }

    await page.goto(`http://127.0.0.1:${server.address().port}/tests/browser/hashing.html`);
    await page.waitForFunction(() => globalThis.hashChosen !== undefined);
    return await use({ page, browser, complaints, peakMemory: () => peakMemoryOf(profile) });
  } finally {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}
