// What protos/ says, as the runtime of @bufbuild/protobuf reads it: no code is generated, so none can be out of date.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Compiles protos/ and gives the descriptor set's bytes. */
export function compileDescriptors() {
  return execFileSync(
    here("../node_modules/.bin/buf"),
    ["build", here("../../../protos"), "--as-file-descriptor-set", "--output", "-"],
  );
}
