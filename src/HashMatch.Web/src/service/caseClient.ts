import { create } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import {
  CaseService,
  GetStatusRequestSchema,
  WithdrawRequestSchema,
  type AddResponse,
  type GetStatusResponse,
  type PictureReceipt,
  type RegisterResponse,
} from '../gen/hashmatch/v1/cases_pb.ts';
import type { CaseKey } from './caseKey.ts';
import { bodySizes, pad } from './padding.ts';
import type { SubmissionCall } from './submission.ts';

const callTimeoutMs = 30_000;

/**
 * Why a call failed. `lost`: nobody knows whether it arrived. `busy`: it was turned away for now. `withdrawn`: the case
 * is no more. `not-found`: no case has the key, or no picture the number. `refused`: it will not be taken as it is.
 */
export type CallFailureReason = 'lost' | 'busy' | 'withdrawn' | 'not-found' | 'refused';

/** Tells why a call failed, and nothing of what was sent. */
export class CallFailure extends Error {
  readonly reason: CallFailureReason;

  constructor(reason: CallFailureReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Calls the service that the page came from: without credentials, and with bodies of three sizes only. */
export class CaseClient {
  readonly #client;
  readonly #signal: AbortSignal;

  /** @param signal Ends every call at once. */
  constructor(origin: string, signal: AbortSignal) {
    this.#client = createClient(
      CaseService,
      createGrpcWebTransport({ baseUrl: origin, defaultTimeoutMs: callTimeoutMs, fetch: guardedFetch }),
    );
    this.#signal = signal;
  }

  /** Sends pictures. Safe to repeat. */
  async submit(call: SubmissionCall): Promise<PictureReceipt[]> {
    const answer = await this.#told<RegisterResponse | AddResponse>(
      call.method === 'Register'
        ? this.#client.register(call.message, this.#options())
        : this.#client.add(call.message, this.#options()),
    );
    if (answer.receipts.length !== call.pictures) {
      throw new CallFailure('lost');
    }

    return answer.receipts;
  }

  /** Asks what a case holds. */
  async status(key: CaseKey): Promise<GetStatusResponse> {
    const request = pad(GetStatusRequestSchema, create(GetStatusRequestSchema, { caseKey: key.toBytes() }));
    return await this.#told(this.#client.getStatus(request, this.#options()));
  }

  /** Withdraws one picture, or the whole case if no number is given. Tells how many it withdrew. Safe to repeat. */
  async withdraw(key: CaseKey, pictureNumber: number | undefined): Promise<number> {
    const what = pictureNumber === undefined ? { wholeCase: true } : { pictureNumber };
    const request = pad(WithdrawRequestSchema, create(WithdrawRequestSchema, { caseKey: key.toBytes(), ...what }));
    return (await this.#told(this.#client.withdraw(request, this.#options()))).picturesWithdrawn;
  }

  #options(): { signal: AbortSignal } {
    return { signal: this.#signal };
  }

  async #told<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (failure) {
      throw new CallFailure(reasonOf(ConnectError.from(failure).code));
    }
  }
}

function reasonOf(code: Code): CallFailureReason {
  switch (code) {
    case Code.ResourceExhausted:
      return 'busy';
    case Code.FailedPrecondition:
      return 'withdrawn';
    case Code.NotFound:
      return 'not-found';
    case Code.InvalidArgument:
    case Code.Unimplemented:
    case Code.PermissionDenied:
    case Code.Unauthenticated:
      return 'refused';
    default:
      return 'lost';
  }
}

// The last gate: whatever the library would send, only a filled body leaves, and nothing that tells who sends it.
const guardedFetch: typeof fetch = (input, init) => {
  if (!(init?.body instanceof Uint8Array) || !bodySizes.some((size) => size === (init.body as Uint8Array).length)) {
    throw new CallFailure('refused');
  }

  return fetch(input, {
    ...init,
    mode: 'same-origin',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    redirect: 'error',
  });
};
