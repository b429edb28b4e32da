// node pageTrials.mjs [--only NAME,...] [--screenshots FOLDER]: tries the page in Chromium on the service itself, and
// writes a line for each trial, then "N passed, N failed". The service and the tool "hashmatch" must have been built
// (Release).
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { tryAccess } from "./pageAccessTrials.mjs";
import { tryBuild } from "./pageBuildTrials.mjs";
import { tryExit } from "./pageExitTrials.mjs";
import { tryEvidence, tryFiles } from "./pageFilesTrials.mjs";
import { tryFlow, tryMany } from "./pageFlowTrials.mjs";
import { tryKeyboard } from "./pageKeyboardTrials.mjs";
import { tryOffline } from "./pageOfflineTrials.mjs";
import { findPhotos, makePictures } from "./pagePictures.mjs";
import { tryAutofill, tryPolicy } from "./pagePolicyTrials.mjs";
import { takeScreenshots } from "./pageScreenshots.mjs";
import { startService } from "./pageService.mjs";
import { trySpeed } from "./pageSpeedTrials.mjs";
import { FLAGS } from "./pageVisit.mjs";

const LANGUAGES = ["en", "ms", "de", "ar"];

// How many trials run side by side: they wait for the browser more than they reckon.
const SIDE_BY_SIDE = 4;

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
async function attempt([name, trial, isAlone]) {
  if (values.only !== undefined && !values.only.split(",").some((start) => name.startsWith(start))) {
    return;
  }

  const start = performance.now();
  const service = isAlone ? await startService() : shared;
  try {
    await trial({ browser, service, pictures, check });
  } catch (error) {
    check(`${name} (${String(error).split("\n").slice(0, 4).join(" ")})`, "broken off", "done");
  } finally {
    if (isAlone) {
      await service.stop();
    }
  }

  console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

// What is measured is measured alone, on a machine as quiet as it can be here.
const measured = [
  ["speed", trySpeed],
  ["exit", tryExit],
];

// Some ask as a platform what is found: with a service of their own, where nobody else registers the same pictures. The
// longest come first.
const others = [
  ...LANGUAGES.map((locale) => [`access-${locale}`, (given) => tryAccess(given, locale)]),
  ...LANGUAGES.map((locale) => [`flow-${locale}`, (given) => tryFlow(given, locale), true]),
  ["offline", tryOffline, true],
  ["files", tryFiles, true],
  ["many", tryMany, true],
  ["build", tryBuild],
  ["evidence", tryEvidence],
  ["autofill", tryAutofill],
  ["policy", tryPolicy],
  ["keyboard", tryKeyboard],
];

if (photos === undefined) {
  console.log("The shared photos are not there: the trials of the page that need them are left out.");
  const isFatal = process.env.CI === "true";
  if (isFatal) {
    console.log("FAILED: the shared photos are there");
  }
  console.log(`0 passed, ${isFatal ? 1 : 0} failed`);
  process.exit(isFatal ? 1 : 0);
}

const pictures = makePictures(photos);
let shared;
let browser;
try {
  shared = await startService();
  browser = await chromium.launch({
    executablePath: process.env.HASHMATCH_CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
  for (const trial of measured) {
    await attempt(trial);
  }

  const inTurn = async () => {
    for (let next = others.shift(); next !== undefined; next = others.shift()) {
      await attempt(next);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, inTurn));
  if (values.screenshots !== undefined) {
    await attempt(["screenshots", (given) => takeScreenshots(given, values.screenshots)]);
  }
} finally {
  await browser?.close();
  await shared?.stop();
  rmSync(pictures.folder, { recursive: true, force: true, maxRetries: 10 });
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
