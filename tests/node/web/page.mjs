// What the page runs; bundled by chromium.mjs, which calls it.
import { readServices, runCalls } from "./calls.mjs";
import { runOfficialCalls } from "./official.mjs";
import { runTextCalls } from "./text.mjs";

globalThis.runPage = async (descriptors, service, trial) => {
  const bytes = Uint8Array.from(descriptors);
  const services = readServices(bytes);
  return {
    origin: location.origin,
    binary: await runCalls(bytes, service, trial),
    text: await runTextCalls(services, trial),
    official: await runOfficialCalls(services, trial),
  };
};

// A page that is not allowed: what does one plain call give?
globalThis.runStranger = async (service) => {
  try {
    const response = await fetch(`${service}/grpc.health.v1.Health/Check`, {
      method: "POST",
      headers: { "content-type": "application/grpc-web+proto", "x-grpc-web": "1" },
      body: new Uint8Array(5),
    });
    return { origin: location.origin, readable: true, status: response.status };
  } catch (error) {
    return { origin: location.origin, readable: false, error: error.name };
  }
};
