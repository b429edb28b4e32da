// The pictures of tests/HashMatch.Tests/Hashing/views.csv as files that a browser opens, with the hashes that C# gives.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const made = await build({
  entryPoints: [fileURLToPath(new URL("../../../src/HashMatch.Web/tests/hashing/viewVectors.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(made.outputFiles[0].contents).toString("base64");
const { viewedPictures } = await import(`data:text/javascript;base64,${source}`);
const list = new URL("../../HashMatch.Tests/Hashing/views.csv", import.meta.url);

/** Writes them into a folder. Those with transparency are left out: how a canvas rounds it is the browser's affair. */
export async function writeVectors(folder) {
  const written = [];
  for (const { name, width, height, isGrey, rgba, views } of viewedPictures(readFileSync(list, "utf8"))) {
    if (rgba.some((value, at) => at % 4 === 3 && value !== 255)) {
      continue;
    }

    const file = `views-${written.length}.png`;
    const form = isGrey ? ["-colorspace", "Gray", "-type", "Grayscale"] : [];
    const options = ["-size", `${width}x${height}`, "-depth", "8", "rgba:-", "-alpha", "off", ...form, join(folder, file)];
    execFileSync("/usr/bin/convert", options, { input: rgba });
    written.push({ name, file, hexes: views.map(({ hex }) => hex) });
  }

  return written;
}
