// The calls that Node and the page both make with @connectrpc/connect-web (binary gRPC-Web over fetch).
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

/** Reads the services from a descriptor set's bytes. */
export function readServices(descriptors) {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors));
  return {
    cases: registry.getService("hashmatch.v1.CaseService"),
    health: registry.getService("grpc.health.v1.Health"),
    matching: registry.getService("hashmatch.v1.MatchService"),
  };
}

/** A request to register one made-up hash; 128 of its bits are set, as in PDQ's. */
export function registration() {
  const half = crypto.getRandomValues(new Uint8Array(16));
  const pdq = Uint8Array.of(...half, ...half.map((byte) => byte ^ 255));
  return {
    caseKey: crypto.getRandomValues(new Uint8Array(16)),
    ageGroup: 2,
    pictures: [{ fingerprints: [{ pdq, quality: 100 }] }],
  };
}

/**
 * Makes the calls.
 * @param {string} service where HashMatch listens for pages
 * @param {string} trial where the trial service listens, whose answers have trailers
 * @returns what became of each call, as plain data
 */
export async function runCalls(descriptors, service, trial) {
  const services = readServices(descriptors);
  const at = (baseUrl) => createGrpcWebTransport({ baseUrl });
  const cases = createClient(services.cases, at(service));
  const health = createClient(services.health, at(service));
  const trials = createClient(services.health, at(trial));
  const matching = createClient(services.matching, at(service));

  const request = registration();
  const registered = await cases.register(request);
  const status = await cases.getStatus({ caseKey: request.caseKey });
  const unary = await withTrailers((options) => trials.check({ service: "x" }, options));
  return {
    receipts: registered.receipts.map((receipt) => receipt.number),
    pictures: status.pictureCount,
    watch: await firstOf(health.watch({})),
    trailer: unary.trailers.get("trial"),
    binaryTrailer: unary.trailers.get("trial-bin"),
    refusal: await failureOf(cases.getStatus({ caseKey: new Uint8Array(3) })),
    unaryError: await failureOf(trials.check({ service: "error" })),
    stream: await all(trials, "x"),
    streamError: await all(trials, "error"),
    deadline: await failureOf(all(trials, "endless", 300, true)),
    matching: await failureOf(matching.match({})),
  };
}

async function withTrailers(call) {
  let trailers;
  await call({ onTrailer: (given) => (trailers = given) });
  return { trailers };
}

async function firstOf(stream) {
  for await (const message of stream) {
    return message.status;
  }
}

async function all(client, service, timeoutMs, rethrow) {
  const result = { messages: [], error: null, trailer: null };
  try {
    const options = { timeoutMs, onTrailer: (trailers) => (result.trailer = trailers.get("trial")) };
    for await (const message of client.watch({ service }, options)) {
      result.messages.push(message.status);
    }
  } catch (error) {
    if (rethrow) {
      throw error;
    }
    result.error = told(error);
  }
  return result;
}

async function failureOf(call) {
  try {
    await call;
    return null;
  } catch (error) {
    return told(error);
  }
}

function told(error) {
  const { code, rawMessage } = ConnectError.from(error);
  return { code: Code[code], message: rawMessage };
}
