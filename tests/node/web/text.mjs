// Text mode (base64) by hand over fetch: @connectrpc/connect-web has only binary mode.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

const type = "application/grpc-web-text+proto";

/** Makes one call and gives its messages and its trailers, read as they come. */
export async function callText(baseUrl, method, request) {
  const message = toBinary(method.input, create(method.input, request));
  const head = new Uint8Array(5);
  new DataView(head.buffer).setUint32(1, message.length);
  const response = await fetch(`${baseUrl}/${method.parent.typeName}/${method.name}`, {
    method: "POST",
    headers: { "content-type": type, "x-grpc-web": "1" },
    // In two pieces that are encoded by themselves, as gRPC-Web allows: padding stands within the body.
    body: encode(head) + encode(message),
  });
  const result = { type: response.headers.get("content-type"), messages: [], trailers: null };
  let bytes = new Uint8Array(0);
  let text = "";
  for await (const chunk of chunksOf(response.body.pipeThrough(new TextDecoderStream()))) {
    text += chunk;
    const whole = text.length - (text.length % 4);
    bytes = joined(bytes, decode(text.slice(0, whole)));
    text = text.slice(whole);
    bytes = takeFrames(bytes, method, result);
  }
  result.rest = text.length + bytes.length;
  result.trailers ??= Object.fromEntries(response.headers);
  return { ...result, status: result.trailers["grpc-status"], trailer: result.trailers.trial ?? null };
}

// Not every browser can iterate a stream.
async function* chunksOf(stream) {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    yield read.value;
  }
}

function takeFrames(bytes, method, result) {
  while (bytes.length >= 5) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
    if (bytes.length < 5 + length) {
      break;
    }
    const content = bytes.slice(5, 5 + length);
    if (bytes[0] === 0x80) {
      const lines = new TextDecoder().decode(content).split("\r\n").filter((line) => line);
      result.trailers = Object.fromEntries(lines.map((line) => line.split(": ", 2)));
    } else {
      result.messages.push(fromBinary(method.output, content).status);
    }
    bytes = bytes.slice(5 + length);
  }
  return bytes;
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const encode = (bytes) => btoa(String.fromCharCode(...bytes));

const decode = (text) =>
  Uint8Array.from((text.match(/.{4}/g) ?? []).flatMap((group) => [...atob(group)].map((one) => one.charCodeAt(0))));

/** The text calls that Node and the page both make. */
export async function runTextCalls(services, trial) {
  const { check, watch } = services.health.method;
  return {
    unary: await callText(trial, check, { service: "x" }),
    unaryError: await callText(trial, check, { service: "error" }),
    stream: await callText(trial, watch, { service: "x" }),
    streamError: await callText(trial, watch, { service: "error" }),
  };
}
