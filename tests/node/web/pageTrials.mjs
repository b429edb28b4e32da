// node pageTrials.mjs [--only NAME,...] [--screenshots FOLDER]: tries the page in Chromium on the service itself, and
// writes a line for each trial, then "N passed, N failed". The service and the tool "hashmatch" must have been built
// (Release).
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { takeScreenshots, tryAccess, tryKeyboard } from "./pageAccessTrials.mjs";
import { tryExit } from "./pageExitTrials.mjs";
import { tryFlow } from "./pageFlowTrials.mjs";
import { tryOffline } from "./pageOfflineTrials.mjs";
import { findPhotos, makePictures } from "./pagePictures.mjs";
import { tryPolicy } from "./pagePolicyTrials.mjs";
import { startService } from "./pageService.mjs";
import { trySpeed } from "./pageSpeedTrials.mjs";
import { FLAGS } from "./pageVisit.mjs";

const LANGUAGES = ["en", "ms", "de", "ar"];

const { values } = parseArgs({ options: { only: { type: "string" }, screenshots: { type: "string" } } });
const photos = findPhotos();
let [passed, failed] = [0, 0];

function check(name, actual, expected) {
  const isRight = JSON.stringify(actual) === JSON.stringify(expected);
  [passed, failed] = isRight ? [passed + 1, failed] : [passed, failed + 1];
  console.log(`${isRight ? "ok" : "FAILED"}: ${name}`);
  if (!isRight) {
    console.log(`  ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`);
  }
}

// A trial that breaks off has failed; the others go on.
async function attempt(name, trial) {
  if (values.only !== undefined && !values.only.split(",").some((start) => name.startsWith(start))) {
    return;
  }

  const start = performance.now();
  try {
    await trial();
  } catch (error) {
    check(`${name} (${String(error).split("\n").slice(0, 4).join(" ")})`, "broken off", "done");
  }

  console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (photos === undefined) {
  console.log("The shared photos are not there: the trials of the page that need them are left out.");
  const isFatal = process.env.CI === "true";
  console.log(`0 passed, ${isFatal ? 1 : 0} failed`);
  process.exit(isFatal ? 1 : 0);
}

const pictures = makePictures(photos);
let service;
let browser;
try {
  service = await startService();
  browser = await chromium.launch({
    executablePath: process.env.HASHMATCH_CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
  const given = { browser, service, pictures, check };
  for (const locale of LANGUAGES) {
    await attempt(`flow-${locale}`, () => tryFlow(given, locale));
  }

  await attempt("offline", () => tryOffline(given));
  await attempt("policy", () => tryPolicy(given));
  await attempt("exit", () => tryExit(given));
  await attempt("speed", () => trySpeed(given));
  await attempt("keyboard", () => tryKeyboard(given));
  for (const locale of LANGUAGES) {
    await attempt(`access-${locale}`, () => tryAccess(given, locale));
  }

  if (values.screenshots !== undefined) {
    await attempt("screenshots", () => takeScreenshots(given, values.screenshots));
  }
} finally {
  await browser?.close();
  await service?.stop();
  rmSync(pictures.folder, { recursive: true, force: true, maxRetries: 10 });
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
