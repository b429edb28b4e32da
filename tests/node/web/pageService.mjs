// The service itself, built before, on free ports with its data in memory; and the platform that asks it for matches.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const built = (project, name) => join(root, `src/${project}/bin/Release/net10.0/${name}.dll`);
const program = built("HashMatch.Service", "HashMatch.Service");
const tool = [built("HashMatch.Cli", "hashmatch"), built("HashMatch.Cli", "HashMatch.Cli")].find(existsSync);

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(address, service) {
  for (let tries = 0; tries < 600 && service.exitCode === null; tries++) {
    try {
      return await fetch(address);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  throw new Error("The service does not answer.");
}

/** Starts the service. @returns its page's origin, whether `hashmatch check` finds files, and a way to end it */
export async function startService() {
  const data = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "hashmatch-page-"));
  const [web, grpc] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    Storage__Path: join(data, "storage"),
    Kestrel__Endpoints__Web__Url: `http://127.0.0.1:${web}`,
    Kestrel__Endpoints__Grpc__Url: `http://127.0.0.1:${grpc}`,
  };
  const service = spawn("dotnet", [program], { cwd: data, env, stdio: "ignore" });
  const stop = async () => {
    const ended = new Promise((resolve) => service.once("exit", resolve));
    if (service.exitCode === null && service.kill()) {
      await ended;
    }

    rmSync(data, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const origin = `http://127.0.0.1:${web}`;
    await answers(origin, service);
    const keyFile = join(data, "api-key");

    /** Whether a platform finds each file on the list: 1 or 0. By one hash of it, unless it is to look at more views. */
    const check = async (files, views = "plain") => {
      if (!existsSync(keyFile)) {
        const platform = [program, "platforms", "add", "trial", "--scope", "match"];
        writeFileSync(keyFile, (await promisify(execFile)("dotnet", platform, { env })).stdout);
      }

      const options = ["--server", `http://127.0.0.1:${grpc}`, "--api-key-file", keyFile, "--json", "--views", views];
      const lines = (await run("dotnet", [tool, "check", ...options, ...files])).trim().split("\n");
      return lines.map((line) => JSON.parse(line)).filter(({ file }) => file).map(({ matches }) => Math.min(1, matches.length));
    };
    return { origin, check, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// Whether there was a match is the exit code too.
async function run(command, options) {
  try {
    return (await promisify(execFile)(command, options)).stdout;
  } catch (error) {
    if (error.code === 1) {
      return error.stdout;
    }

    throw error;
  }
}
