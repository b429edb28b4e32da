// node hashing.mjs FILE...: hashes files in the page and writes what came of each as one JSON object a line.
import { withHasherPage } from "./hasherPage.mjs";

const files = process.argv.slice(2);
await withHasherPage(async ({ page, complaints, peakMemory }) => {
  for (const file of files) {
    await page.setInputFiles("#files", file);
    const [trial] = await page.evaluate(() => globalThis.hashChosen());
    const { kind, hex, hexes, reason, quality, width, height } = trial.result;
    const milliseconds = Math.round(trial.milliseconds);
    const hashing = Math.round(trial.hashingMilliseconds);
    const block = Math.round(trial.longestBlock);
    console.log(JSON.stringify({ file, kind, hex, views: hexes?.length, reason, quality, width, height, milliseconds, hashing, block }));
  }

  console.log(JSON.stringify({ peakMemory: peakMemory() }));
  if (complaints.length > 0) {
    console.error(complaints.join("\n"));
    process.exitCode = 1;
  }
});
