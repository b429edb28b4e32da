// What the client and the server of @grpc/grpc-js have in common: the service's description, and the sight of gzip.
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const proto = fileURLToPath(new URL("../../HashMatch.Service.Tests/Interop/interop.proto", import.meta.url));
const definition = protoLoader.loadSync(proto, { keepCase: true, defaults: true, oneofs: true });

export const { TestService, UnimplementedService } = grpc.loadPackageDefinition(definition).grpc.testing;
export const initialHeader = "x-grpc-test-echo-initial";
export const trailingHeader = "x-grpc-test-echo-trailing-bin";

// No API tells whether a message came compressed, so the inflating of messages is counted.
export const gzip = { inflated: 0 };
const createGunzip = zlib.createGunzip;
Object.defineProperty(zlib, "createGunzip", {
  value: (...args) => {
    gzip.inflated++;
    return createGunzip(...args);
  },
});

export const zeros = (size) => ({ body: Buffer.alloc(size) });
