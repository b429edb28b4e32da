import address from './worker?worker&url';

interface ScriptAddressPolicy {
  createScriptURL(input: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: ScriptAddressPolicy): ScriptAddressPolicy;
}

let policy: ScriptAddressPolicy | undefined;

/**
 * The address of the worker's script, which the page's policy must trust. The policy `hashmatch` trusts this one
 * address and nothing else.
 */
export function workerAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  policy ??= trustedTypes?.createPolicy('hashmatch', { createScriptURL: onlyTheWorker });
  return policy?.createScriptURL(address) ?? address;
}

function onlyTheWorker(input: string): string {
  if (input !== address) {
    throw new TypeError('This script is not part of the page.');
  }

  return input;
}
