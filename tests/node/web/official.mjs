// Text mode as the gRPC project's own client speaks it (XMLHttpRequest, so only in a browser).
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { GrpcWebClientBase, MethodDescriptor, MethodType } from "grpc-web";

/** Makes the calls with format "text". */
export async function runOfficialCalls(services, trial) {
  const client = new GrpcWebClientBase({ format: "text" });
  const { check, watch } = services.health.method;
  return {
    unary: await collect(client, trial, check, "x"),
    unaryError: await collect(client, trial, check, "error"),
    stream: await collect(client, trial, watch, "x"),
    streamError: await collect(client, trial, watch, "error"),
  };
}

function collect(client, baseUrl, method, service) {
  const name = `/${method.parent.typeName}/${method.name}`;
  const unary = method.methodKind === "unary";
  const descriptor = new MethodDescriptor(
    name,
    unary ? MethodType.UNARY : MethodType.SERVER_STREAMING,
    Object,
    Object,
    (request) => toBinary(method.input, request),
    (bytes) => fromBinary(method.output, bytes),
  );
  const request = create(method.input, { service });
  const result = { messages: [], code: null, message: null, trailer: null };
  return new Promise((resolve) => {
    const failed = (error) => resolve({ ...result, code: error.code, message: error.message });
    if (unary) {
      client
        .unaryCall(baseUrl + name, request, {}, descriptor)
        .then((answer) => resolve({ ...result, messages: [answer.status], code: 0 }), failed);
      return;
    }
    client
      .serverStreaming(baseUrl + name, request, {}, descriptor)
      .on("data", (answer) => result.messages.push(answer.status))
      .on("status", (status) => {
        result.code = status.code;
        result.trailer = status.metadata?.trial ?? null;
      })
      .on("error", failed)
      .on("end", () => resolve(result));
  });
}
