// node node.mjs SERVICE TRIAL: makes the calls from Node and writes what became of them as one JSON object.
import { readServices, runCalls } from "./calls.mjs";
import { compileDescriptors } from "./descriptors.mjs";
import { runTextCalls } from "./text.mjs";

const [service, trial] = process.argv.slice(2);
const descriptors = compileDescriptors();
const binary = await runCalls(descriptors, service, trial);
const text = await runTextCalls(readServices(descriptors), trial);
console.log(JSON.stringify({ binary, text }));
// Streams that were left early must not keep the process.
process.exit(0);
