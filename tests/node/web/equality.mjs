// node equality.mjs HASHMATCH FILE...: hashes files in the page and with the command line, and says by kind of file how
// many hashes are the same and how far apart the others are at most. A photo that the page finds in a frame is left out,
// as the command hashes the frame too. Fails where a JPEG differs at all (but one of CMYK), another picture by more than
// 4 bits, or one of the two refuses what the other takes.
import { execFileSync } from "node:child_process";
import { basename, extname } from "node:path";
import { withHasherPage } from "./hasherPage.mjs";

const MOST_BITS = 4;

// The command line gives a hash of less detail too, with a warning.
const LEAST_QUALITY = 50;

const [hashmatch, ...files] = process.argv.slice(2);

function hashOnCommandLine() {
  let output;
  try {
    output = execFileSync(hashmatch, ["hash", "--json", ...files], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    // One of them was refused: the lines of the others are there.
    output = error.stdout;
  }

  const lines = output.trim().split("\n").map((line) => JSON.parse(line));
  return new Map(lines.filter((line) => line.quality >= LEAST_QUALITY).map((line) => [line.file, line.hash]));
}

function distance(left, right) {
  let bits = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  let count = 0;
  for (; bits !== 0n; bits &= bits - 1n) {
    count++;
  }

  return count;
}

// Browsers round down where they turn inks into light, and the command line to the nearest.
const isExact = (kind) => kind.startsWith("jpg") && !kind.includes("cmyk");

// Files made for this are named KIND-photo.ext.
function kindOf(file) {
  const kind = extname(file).slice(1);
  const prefix = /^([a-z0-9]+)-/.exec(basename(file))?.[1];
  return prefix === undefined ? kind : `${kind} (${prefix})`;
}

const expected = hashOnCommandLine();
const kinds = new Map();
await withHasherPage(async ({ page, complaints }) => {
  for (const file of files) {
    await page.setInputFiles("#files", file);
    const [{ result }] = await page.evaluate(() => globalThis.hashChosen());
    const kind = kinds.get(kindOf(file)) ?? { files: 0, framed: 0, same: 0, refused: 0, onlyOne: 0, most: 0 };
    kinds.set(kindOf(file), kind);
    const wanted = expected.get(file);
    kind.files++;
    if (result.kind === "hashed" && result.views[0].name !== "raw") {
      kind.framed++;
    } else if (wanted === undefined || result.kind === "refused") {
      kind.refused += wanted === undefined && result.kind === "refused" ? 1 : 0;
      kind.onlyOne += (wanted === undefined) !== (result.kind === "refused") ? 1 : 0;
      if ((wanted === undefined) !== (result.kind === "refused")) {
        console.error(`${basename(file)}: ${result.kind} ${result.reason ?? ""} in the page only`);
      }
    } else {
      const bits = distance(wanted, result.hex);
      kind.same += bits === 0 ? 1 : 0;
      kind.most = Math.max(kind.most, bits);
    }
  }

  for (const complaint of complaints) {
    console.error(complaint);
  }
});

let isEqual = true;
console.log("| kind | files | in a frame | same | greatest distance | refused by both | refused by one |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const [name, kind] of [...kinds].sort()) {
  isEqual &&= kind.onlyOne === 0 && kind.most <= (isExact(name) ? 0 : MOST_BITS);
  console.log(`| ${name} | ${kind.files} | ${kind.framed} | ${kind.same} | ${kind.most} | ${kind.refused} | ${kind.onlyOne} |`);
}

process.exit(isEqual ? 0 : 1);
