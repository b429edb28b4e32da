import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it, test, vi } from 'vitest';
import { AddRequestSchema, AgeGroup, RegisterRequestSchema } from '../../src/gen/hashmatch/v1/cases_pb';
import { CaseClient, CallFailure } from '../../src/service/caseClient';
import { CaseKey } from '../../src/service/caseKey';
import { bodySizes, frameLength } from '../../src/service/padding';
import { planSubmission, type PictureHash } from '../../src/service/submission';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const key = CaseKey.fromBytes(Uint8Array.from({ length: 16 }, (_, i) => i));

function picturesOf(count: number, views = 1): PictureHash[][] {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: views }, (__, view) => {
      const hash = new Uint8Array(32);
      new DataView(hash.buffer).setUint32(0, 16 * i + view);
      return { hash, quality: 50 + (i % 51) };
    }),
  );
}

describe('a submission', () => {
  // A picture's 16 fingerprints fill more than half of the smallest body.
  test.each([
    ...[1, 24, 25, 101, 102, 407, 408, 409, 410, 1000].map((count) => [count, 1, Math.ceil(count / 408)]),
    ...[1, 2, 6, 7, 26, 27, 1000].map((count) => [count, 16, Math.ceil(count / 26)]),
    [130, 3, 1],
    [1000, 4, 10],
  ])('of %d pictures, %d fingerprints each, sends each once, in order, in %d calls', (count, views, expected) => {
    const pictures = picturesOf(count, views);

    const calls = planSubmission(key, AgeGroup.UNDER_18, pictures);

    const sent = calls.flatMap(({ method, body }) => {
      const schema = method === 'Register' ? RegisterRequestSchema : AddRequestSchema;
      const message = fromBinary(schema, body.subarray(frameLength));
      expect(bodySizes).toContain(body.length);
      expect(message.caseKey).toEqual(key.toBytes());
      return message.pictures;
    });
    expect(sent.map(({ fingerprints }) => fingerprints.map(({ pdq, quality }) => ({ hash: pdq, quality })))).toEqual(
      pictures,
    );
    expect(calls.map(({ method }) => method)).toEqual(calls.map((_, i) => (i === 0 ? 'Register' : 'Add')));
    expect(calls.map(({ pictures: each }) => each).reduce((sum, each) => sum + each)).toBe(count);
    expect(calls.length).toBe(expected);
  });

  test.each([
    [1, 1024],
    [2, 4096],
    [6, 4096],
    [7, 16_384],
    [26, 16_384],
  ])('of %d pictures with all their fingerprints is one body of %d bytes', (count, size) => {
    const calls = planSubmission(key, AgeGroup.ADULT, picturesOf(count, 16));

    expect(calls.map(({ body }) => body.length)).toEqual([size]);
  });

  it('to a case that exists only adds', () => {
    const calls = planSubmission(key, undefined, picturesOf(500));

    expect(calls.map(({ method }) => method)).toEqual(['Add', 'Add']);
  });
});

describe('the client', () => {
  it('sends the very bytes that were shown, without credentials, and nothing else', async () => {
    const requests: { url: string; init: RequestInit }[] = [];
    const fetched = vi.fn((url: string, init: RequestInit) => {
      requests.push({ url, init });
      return Promise.reject(new TypeError('no network'));
    });
    vi.stubGlobal('fetch', fetched);
    const calls = planSubmission(key, AgeGroup.ADULT, picturesOf(3));
    const client = new CaseClient('https://page.example', new AbortController().signal);

    const failure: unknown = await client.submit(calls[0]).catch((error: unknown) => error);

    vi.unstubAllGlobals();
    expect(failure).toBeInstanceOf(CallFailure);
    expect((failure as CallFailure).reason).toBe('lost');
    expect(requests).toHaveLength(1);
    expect(requests[0].url).toBe('https://page.example/hashmatch.v1.CaseService/Register');
    expect(requests[0].init.body).toEqual(calls[0].body);
    expect(requests[0].init).toMatchObject({
      method: 'POST',
      mode: 'same-origin',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    });
    expect(Array.from(new Headers(requests[0].init.headers).keys()).sort()).toEqual([
      'content-type',
      'grpc-timeout',
      'x-grpc-web',
      'x-user-agent',
    ]);
  });

  test.each([
    [8, 'busy'],
    [9, 'withdrawn'],
    [5, 'not-found'],
    [3, 'refused'],
    [14, 'lost'],
    [4, 'lost'],
    [13, 'lost'],
  ] as const)('takes the status %d for %s', async (status, reason) => {
    const headers = { 'content-type': 'application/grpc-web+proto', 'grpc-status': `${status}` };
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(new Uint8Array(), { headers })));
    const client = new CaseClient('https://page.example', new AbortController().signal);

    const failure: unknown = await client.status(key).catch((error: unknown) => error);

    vi.unstubAllGlobals();
    expect(failure).toEqual(new CallFailure(reason));
  });
});
