import { create, fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it, test, vi } from 'vitest';
import { AddRequestSchema, RegisterRequestSchema } from '../../src/gen/hashmatch/v1/cases_pb';
import { bodyOf, bodySizes, frameLength, pad, paddedLength, unpaddedLength } from '../../src/service/padding';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const longest = 16_384;

describe('the filling', () => {
  it('brings a message of every length to one of the sizes exactly, and leaves what it says as it was', () => {
    for (let length = 0; length <= longest; length++) {
      const message = create(AddRequestSchema, { caseKey: new Uint8Array(length).fill(7) });
      const unpadded = unpaddedLength(AddRequestSchema, message);
      const size = bodySizes.find((each) => each >= unpadded && each - unpadded !== 1);
      if (size === undefined) {
        expect(() => pad(AddRequestSchema, message)).toThrow(RangeError);
        continue;
      }

      const body = bodyOf(AddRequestSchema, pad(AddRequestSchema, message));
      if (body.length !== size) {
        expect.fail(`${unpadded} bytes became ${body.length}, not ${size}`);
      }
    }
  });

  test.each([0, 1, 2, 3, 100, 999, 1000, 1001, 4071, 4072, 4073])(
    'of a key of %d bytes can be read again',
    (length) => {
      const caseKey = new Uint8Array(length).fill(7);
      const body = bodyOf(AddRequestSchema, pad(AddRequestSchema, create(AddRequestSchema, { caseKey })));

      const read = fromBinary(AddRequestSchema, body.subarray(frameLength));

      expect(read.caseKey).toEqual(caseKey);
      expect(read.padding).toBe(false);
      expect(read.$unknown).toBeUndefined();
      expect(new DataView(body.buffer).getUint32(1)).toBe(body.length - frameLength);
      expect(body[0]).toBe(0);
    },
  );

  it('is the same when it is filled twice', () => {
    const message = create(RegisterRequestSchema, { caseKey: new Uint8Array(16) });
    const once = bodyOf(RegisterRequestSchema, pad(RegisterRequestSchema, message));

    expect(bodyOf(RegisterRequestSchema, pad(RegisterRequestSchema, message))).toEqual(once);
  });

  it('goes up a size where the gap is one byte, which cannot be filled', () => {
    expect([1022, 1023, 1024, 1025].map(paddedLength)).toEqual([1024, 4096, 1024, 4096]);
    expect([16_382, 16_383, 16_384, 16_385].map(paddedLength)).toEqual([16_384, undefined, 16_384, undefined]);
  });
});
