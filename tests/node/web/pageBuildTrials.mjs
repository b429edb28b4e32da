// Whoever builds the page from its sources gets what the service publishes, to the last byte.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const made = ["bin", "obj", "dist", "gen"];

// What takes its time here must not stop this process: the proxies of all other trials are in it, and a call that
// they do not pass on for half a minute has failed for the page.

/** Builds the page in another folder, which lies deeper and has another name, and compares. */
export async function tryBuild({ service, check }) {
  const folder = mkdtempSync(join(tmpdir(), "hashmatch-build-"));
  try {
    const copy = join(folder, "another place/of/the sources");
    const web = join(copy, "src/HashMatch.Web");
    await cp(join(root, "protos"), join(copy, "protos"), { recursive: true });
    await cp(join(root, "src/HashMatch.Web"), web, {
      recursive: true,
      filter: (path) => path.includes("node_modules") || !made.includes(basename(path)),
    });
    await promisify(execFile)("npm", ["run", "--silent", "build"], { cwd: web });

    const published = await (await fetch(`${service.origin}/integrity.json`)).json();
    const dist = join(web, "dist");
    const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.br$|^integrity\.json$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(dist.length));
    const digest = (path) => `sha384-${createHash("sha384").update(readFileSync(join(dist, path))).digest("base64")}`;
    const names = Object.keys(published);
    check("build: in another folder the same files come out", paths.sort(), names.sort());
    const others = names.filter((path) => published[path] !== digest(path));
    check(`build: each of the ${names.length} has the digest that the service publishes`, others, []);
    const served = await Promise.all(
      names.map(async (path) => Buffer.from(await (await fetch(service.origin + path)).arrayBuffer())),
    );
    const unlike = names.filter((path, i) => !served[i].equals(readFileSync(join(dist, path))));
    check("build: and is served to the byte", unlike, []);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
