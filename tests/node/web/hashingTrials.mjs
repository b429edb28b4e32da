// node hashingTrials.mjs: tries the page's hasher in Chromium with pictures made here (ImageMagick, heif-enc), and
// writes a line for each trial, then "N passed, N failed".
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withHasherPage } from "./hasherPage.mjs";
import { writeVectors } from "./viewVectors.mjs";

const folder = mkdtempSync(join(tmpdir(), "hashmatch-pictures-"));
const path = (name) => join(folder, name);
const convert = (...options) => execFileSync("/usr/bin/convert", options, { cwd: folder });

convert("-seed", "7", "-size", "1200x900", "plasma:fractal", "photo.png");
convert("photo.png", "-quality", "90", "photo.jpg");
convert("photo.png", "-resize", "4000x3000!", "-quality", "90", "large.jpg");
convert("-size", "400x300", "xc:teal", "flat.png");
execFileSync("heif-enc", ["-q", "90", "photo.png", "-o", "photo.heic"], { cwd: folder, stdio: "ignore" });
const fading = ["(", "-size", "1200x900", "radial-gradient:white-black", ")"];
convert("photo.png", ...fading, "-alpha", "off", "-compose", "CopyOpacity", "-composite", "PNG32:fading.png");
execFileSync("heif-enc", ["-A", "-q", "95", "fading.png", "-o", "fading.avif"], { cwd: folder, stdio: "ignore" });
writeFileSync(path("cut.jpg"), readFileSync(path("photo.jpg")).subarray(0, 40_000));
const whole = readFileSync(path("photo.jpg"));
const [from, to] = [whole.length * 0.4, whole.length * 0.5];
writeFileSync(path("holed.jpg"), Buffer.concat([whole.subarray(0, from), whole.subarray(to)]));
writeFileSync(path("photo.txt"), readFileSync(path("photo.jpg")));
writeFileSync(path("text.jpg"), "This is no picture.");
const vectors = await writeVectors(folder);

let [passed, failed] = [0, 0];
function check(name, actual, expected) {
  const isRight = JSON.stringify(actual) === JSON.stringify(expected);
  [passed, failed] = isRight ? [passed + 1, failed] : [passed, failed + 1];
  console.log(`${isRight ? "ok" : "FAILED"}: ${name}`);
  if (!isRight) {
    console.log(`  ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`);
  }
}

async function hash(page, name) {
  await page.setInputFiles("#files", path(name));
  const [{ result }] = await page.evaluate(() => globalThis.hashChosen());
  return result;
}

function distance(left, right) {
  const bits = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  return bits.toString(2).replaceAll("0", "").length;
}

const outcome = async (page, name) => {
  const result = await hash(page, name);
  return result.reason ?? result.kind;
};

// Changes one bit in 500 of what is read from canvases, as browsers do against tracking.
function addNoise(name) {
  const prototype = globalThis[name].prototype;
  const read = prototype.getImageData;
  prototype.getImageData = function (...area) {
    const image = read.apply(this, area);
    for (let at = 0; at < image.data.length; at += 2000) {
      image.data[at] ^= 1;
    }

    return image;
  };
}

async function workerOf(page) {
  await page.waitForFunction(() => true);
  return page.workers().at(-1) ?? page.waitForEvent("worker");
}

try {
  await withHasherPage(async ({ page, browser, complaints }) => {
    const requests = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    browser.on("request", (request) => requests.push(new URL(request.url()).pathname));

    const jpeg = await hash(page, "photo.jpg");
    check("a JPEG is hashed", [jpeg.kind, jpeg.width, jpeg.height], ["hashed", 1200, 900]);
    check("its name does not matter", (await hash(page, "photo.txt")).hex, jpeg.hex);
    check("a JPEG cut short is refused", await outcome(page, "cut.jpg"), "damaged");
    check("a JPEG with a hole in its middle is refused", await outcome(page, "holed.jpg"), "damaged");
    check("a picture without detail is refused", await outcome(page, "flat.png"), "too-little-detail");
    check("what is no picture is refused", await outcome(page, "text.jpg"), "not-a-picture");

    for (const { name, file, hexes } of vectors) {
      check(`all fingerprints of ${name} are those of C#`, (await hash(page, file)).hexes, hexes);
    }

    const [fading, transparent] = [await hash(page, "fading.png"), await hash(page, "fading.avif")];
    check("an AVIF that fades out is hashed as it was before encoding", distance(fading.hex, transparent.hex) <= 4, true);

    await page.setInputFiles("#files", path("large.jpg"));
    const ends = [];
    for (const delay of [0, 20, 60, 120]) {
      ends.push(await page.evaluate((milliseconds) => globalThis.cancelChosen(milliseconds), delay));
    }

    check("a file can be given up", ends, Array(4).fill("AbortError"));
    check("another is hashed after that", (await hash(page, "photo.jpg")).hex, jpeg.hex);
    let block = Infinity;
    for (let tries = 0; tries < 10 && block >= 50; tries++) {
      // Where the machine is busy with something else, it is that which blocks.
      const [{ longestBlock }] = await page.evaluate(() => globalThis.hashChosen());
      block = Math.min(block, longestBlock);
    }

    check("the page's own thread answers within 50 ms", block < 50, true);

    await browser.setOffline(true);
    check("a file is hashed without a connection", (await hash(page, "photo.jpg")).hex, jpeg.hex);
    check("given up without a connection", await page.evaluate(() => globalThis.cancelChosen(0)), "AbortError");
    check("and hashed after that", (await hash(page, "photo.jpg")).hex, jpeg.hex);
    check("HEIC needs a connection once", await outcome(page, "photo.heic"), "heic-decoder-missing");
    complaints.length = 0;
    await browser.setOffline(false);
    check("with it, it is hashed", await outcome(page, "photo.heic"), "hashed");

    const refused = await page.evaluate(() => {
      try {
        return String(new Worker("/another.js"));
      } catch (error) {
        return error.name;
      }
    });
    check("no other script can be made a worker", refused, "TypeError");
    const strangers = requests.filter((address) => !/^\/(assets|tests)\/[\w.-]+\.(js|html)$/.test(address));
    check("nothing else was asked for", strangers, []);
    const others = complaints.filter((text) => !/another\.js|TrustedScriptURL/.test(text));
    check("the browser had nothing to complain of", others, []);
  });

  await withHasherPage(async ({ page }) => {
    const worker = await workerOf(page);
    await worker.evaluate(addNoise, "OffscreenCanvasRenderingContext2D");
    check("a browser that adds noise is noticed", await outcome(page, "photo.jpg"), "noisy-canvas");
  });

  await withHasherPage(async ({ page }) => {
    const expected = (await hash(page, "photo.jpg")).hex;
    const worker = await workerOf(page);
    await worker.evaluate(() => delete globalThis.OffscreenCanvas);
    check("where workers have no canvas the page reads", (await hash(page, "photo.jpg")).hex, expected);
    await page.evaluate(addNoise, "CanvasRenderingContext2D");
    check("and notices noise", await outcome(page, "photo.jpg"), "noisy-canvas");
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
