// The interoperability service on @grpc/grpc-js. Prints its port as JSON and serves until standard input ends.
import { setTimeout as delay } from "node:timers/promises";
import grpc from "@grpc/grpc-js";
import { TestService, gzip, initialHeader, trailingHeader, zeros } from "./wire.mjs";

function echoMetadata(call) {
  const trailers = new grpc.Metadata();
  for (const value of call.metadata.get(trailingHeader)) {
    trailers.add(trailingHeader, value);
  }
  const initial = call.metadata.get(initialHeader);
  if (initial.length > 0) {
    const headers = new grpc.Metadata();
    headers.set(initialHeader, initial[0]);
    call.sendMetadata(headers);
  }
  return trailers;
}

const refusal = (status) => status?.code && { code: status.code, details: status.message };

async function answer(call, request) {
  for (const asked of request.response_parameters) {
    await delay(asked.interval_us / 1000);
    call.write({ payload: zeros(asked.size) });
  }
}

// The messages of other calls are not compressed, so what was inflated since the last call was this one's.
let inflatedBefore = 0;

const service = {
  EmptyCall(call, done) {
    done(null, {}, echoMetadata(call));
  },
  UnaryCall(call, done) {
    const compressed = gzip.inflated > inflatedBefore;
    inflatedBefore = gzip.inflated;
    const trailers = echoMetadata(call);
    const { response_status, expect_compressed, response_size } = call.request;
    if (response_status?.code) {
      done(refusal(response_status));
    } else if (expect_compressed && expect_compressed.value !== compressed) {
      done({ code: grpc.status.INVALID_ARGUMENT, details: "The message is not compressed as it says." });
    } else {
      done(null, { payload: zeros(response_size) }, trailers);
    }
  },
  StreamingInputCall(call, done) {
    const trailers = echoMetadata(call);
    let sum = 0;
    call.on("data", (request) => (sum += request.payload.body.length));
    call.on("end", () => done(null, { aggregated_payload_size: sum }, trailers));
  },
  async StreamingOutputCall(call) {
    const trailers = echoMetadata(call);
    await answer(call, call.request);
    call.end(trailers);
  },
  // Not "for await": its end destroys the stream before the trailers are sent.
  FullDuplexCall(call) {
    const trailers = echoMetadata(call);
    let answered = Promise.resolve();
    call.on("data", (request) => {
      if (request.response_status?.code) {
        call.emit("error", refusal(request.response_status));
      } else {
        answered = answered.then(() => answer(call, request));
      }
    });
    call.on("end", () => answered.then(() => call.end(trailers)));
  },
  // UnimplementedCall is left out: that is what it is for.
};

const server = new grpc.Server();
server.addService(TestService.service, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(JSON.stringify({ port }));
});
process.stdin.on("end", () => process.exit(0)).resume();
