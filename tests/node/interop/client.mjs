// The interoperability cases as @grpc/grpc-js runs them: node client.mjs HOST:PORT. Reads the name of a case a line and
// answers each with a line of JSON: {"passed": true} or {"passed": false, "error": "..."}.
import assert from "node:assert/strict";
import { once } from "node:events";
import readline from "node:readline";
import grpc from "@grpc/grpc-js";
import { TestService, UnimplementedService, gzip, initialHeader, trailingHeader, zeros } from "./wire.mjs";

const { status } = grpc;
const address = process.argv[2];
const plaintext = grpc.credentials.createInsecure();
const client = new TestService(address, plaintext);
const compressing = new TestService(address, plaintext, {
  "grpc.default_compression_algorithm": grpc.compressionAlgorithms.gzip,
});
const nobody = new UnimplementedService(address, plaintext);

const requestSizes = [27182, 8, 1828, 45904];
const responseSizes = [31415, 9, 2653, 58979];
const largeRequest = { response_size: 314159, payload: zeros(271828) };
const specialStatus = "\t\ntest with whitespace\r\nand Unicode BMP \u263A and non-BMP \u{1F608}\t\n";

// A unary call's end: its response and status, with the headers and trailers that came.
function unary(caller, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve) => {
    const end = {};
    const call = caller[method](request, metadata, (error, response) => Object.assign(end, { error, response }));
    call.on("metadata", (headers) => (end.headers = headers));
    call.on("status", ({ code, details, metadata: trailers }) => resolve({ ...end, code, details, trailers }));
  });
}

// A duplex call whose end is a value and never an unhandled error.
function duplex(metadata = new grpc.Metadata(), options = {}) {
  const call = client.FullDuplexCall(metadata, options);
  call.on("error", () => {});
  call.ended = new Promise((resolve) => call.on("status", resolve));
  call.headers = new Promise((resolve) => call.on("metadata", resolve));
  return call;
}

const duplexRequest = (size, ...answers) => ({
  payload: zeros(size),
  response_parameters: answers.map((answer) => ({ size: answer })),
});

function assertLarge({ code, details, response }) {
  assert.equal(code, status.OK, details);
  assertZeros(response, 314159);
}

function assertZeros(response, size) {
  assert.equal(response.payload.body.length, size);
  assert.ok(response.payload.body.every((byte) => byte === 0));
}

function assertEchoed(headers, trailers) {
  assert.deepEqual(headers.get(initialHeader), ["test_initial_metadata_value"]);
  assert.deepEqual(trailers.get(trailingHeader), [Buffer.from([0xab, 0xab, 0xab])]);
}

const cases = {
  async empty_unary() {
    const { code, details, response } = await unary(client, "EmptyCall", {});
    assert.equal(code, status.OK, details);
    assert.deepEqual({ ...response }, {});
  },
  async large_unary() {
    assertLarge(await unary(client, "UnaryCall", largeRequest));
  },
  async client_streaming() {
    const response = await new Promise((resolve, reject) => {
      const call = client.StreamingInputCall((error, value) => (error ? reject(error) : resolve(value)));
      requestSizes.forEach((size) => call.write({ payload: zeros(size) }));
      call.end();
    });
    assert.equal(response.aggregated_payload_size, 74922);
  },
  async server_streaming() {
    const call = client.StreamingOutputCall(duplexRequest(0, ...responseSizes));
    const ended = new Promise((resolve) => call.on("status", resolve));
    const sizes = [];
    for await (const response of call) {
      assertZeros(response, responseSizes[sizes.length]);
      sizes.push(response.payload.body.length);
    }
    assert.deepEqual(sizes, responseSizes);
    assert.equal((await ended).code, status.OK);
  },
  async ping_pong() {
    const call = duplex();
    for (let i = 0; i < requestSizes.length; i++) {
      const answered = once(call, "data");
      call.write(duplexRequest(requestSizes[i], responseSizes[i]));
      assertZeros((await answered)[0], responseSizes[i]);
    }
    call.end();
    assert.equal((await call.ended).code, status.OK);
  },
  async empty_stream() {
    const call = duplex();
    call.on("data", () => assert.fail("There is nothing to answer."));
    call.end();
    assert.equal((await call.ended).code, status.OK);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set(initialHeader, "test_initial_metadata_value");
    metadata.set(trailingHeader, Buffer.from([0xab, 0xab, 0xab]));
    const single = await unary(client, "UnaryCall", largeRequest, metadata);
    assertLarge(single);
    assertEchoed(single.headers, single.trailers);

    const call = duplex(metadata);
    const answered = once(call, "data");
    call.write(duplexRequest(271828, 314159));
    call.end();
    assertZeros((await answered)[0], 314159);
    assertEchoed(await call.headers, (await call.ended).metadata);
  },
  async status_code_and_message() {
    const asked = { response_status: { code: status.UNKNOWN, message: "test status message" } };
    const single = await unary(client, "UnaryCall", asked);
    assert.deepEqual([single.code, single.details], [status.UNKNOWN, "test status message"]);

    const call = duplex();
    call.resume();
    call.write(asked);
    call.end();
    const { code, details } = await call.ended;
    assert.deepEqual([code, details], [status.UNKNOWN, "test status message"]);
  },
  async special_status_message() {
    const asked = { response_status: { code: status.UNKNOWN, message: specialStatus } };
    const { code, details } = await unary(client, "UnaryCall", asked);
    assert.deepEqual([code, details], [status.UNKNOWN, specialStatus]);
  },
  async unimplemented_method() {
    assert.equal((await unary(client, "UnimplementedCall", {})).code, status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    assert.equal((await unary(nobody, "UnimplementedCall", {})).code, status.UNIMPLEMENTED);
  },
  async cancel_after_begin() {
    const call = client.StreamingInputCall(() => {});
    const ended = new Promise((resolve) => call.on("status", resolve));
    call.cancel();
    assert.equal((await ended).code, status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = duplex();
    const answered = once(call, "data");
    call.write(duplexRequest(requestSizes[0], responseSizes[0]));
    await answered;
    call.cancel();
    assert.equal((await call.ended).code, status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const call = duplex(new grpc.Metadata(), { deadline: Date.now() + 1 });
    call.resume();
    call.write(duplexRequest(requestSizes[0]));
    assert.equal((await call.ended).code, status.DEADLINE_EXCEEDED);
  },
  async client_compressed_unary() {
    const claiming = (value) => ({ ...largeRequest, expect_compressed: { value } });
    assert.equal((await unary(client, "UnaryCall", claiming(true))).code, status.INVALID_ARGUMENT);
    assertLarge(await unary(compressing, "UnaryCall", claiming(true)));
    assertLarge(await unary(client, "UnaryCall", claiming(false)));
  },
  async server_compressed_unary() {
    for (const value of [true, false]) {
      const before = gzip.inflated;
      assertLarge(await unary(client, "UnaryCall", { ...largeRequest, response_compressed: { value } }));
      assert.equal(gzip.inflated - before, value ? 1 : 0);
    }
  },
  // The rest are not the gRPC project's: they show limits of the server.
  async two_values_of_one_binary_header() {
    const metadata = new grpc.Metadata();
    metadata.add(trailingHeader, Buffer.from([1, 2, 3]));
    metadata.add(trailingHeader, Buffer.from([4, 5, 6, 7]));
    const { code, details } = await unary(client, "EmptyCall", {}, metadata);
    assert.equal(code, status.UNKNOWN, details);
  },
  async empty_compressed_answer() {
    const metadata = new grpc.Metadata();
    metadata.set("x-hashmatch-test-compress", "yes");
    const { code, details } = await unary(client, "EmptyCall", {}, metadata);
    assert.equal(code, status.INTERNAL, details);
  },
};

for await (const name of readline.createInterface({ input: process.stdin })) {
  let answer;
  try {
    await cases[name]();
    answer = { passed: true };
  } catch (error) {
    answer = { passed: false, error: error.stack ?? String(error) };
  }
  console.log(JSON.stringify(answer));
}
process.exit(0);
