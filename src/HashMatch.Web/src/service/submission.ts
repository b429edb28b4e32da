import { create, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import {
  AddRequestSchema,
  PictureSchema,
  RegisterRequestSchema,
  type AddRequest,
  type AgeGroup,
  type Picture,
  type RegisterRequest,
} from '../gen/hashmatch/v1/cases_pb.ts';
import type { CaseKey } from './caseKey.ts';
import { bodyOf, bodySizes, frameLength, pad, paddedLength, unpaddedLength } from './padding.ts';

/** A fingerprint of a picture. Nothing else of the picture is sent. */
export interface PictureHash {
  /** PDQ's 256 bits, big-endian: 32 bytes. */
  hash: Uint8Array;
  /** 0 to 100. */
  quality: number;
}

/** One call that registers pictures or adds them. */
export type SubmissionCall = { pictures: number; unpadded: number; body: Uint8Array } & (
  { method: 'Register'; message: RegisterRequest } | { method: 'Add'; message: AddRequest }
);

/**
 * Plans the calls that send pictures, each with all its fingerprints: as few as the largest size of a body allows. A
 * new case starts with Register; without an age group the case exists already, and all are Add.
 */
export function planSubmission(
  key: CaseKey,
  ageGroup: AgeGroup | undefined,
  pictures: readonly (readonly PictureHash[])[],
): SubmissionCall[] {
  const caseKey = key.toBytes();
  return batches(pictures.map(toMessage)).map((batch, i) => {
    if (i === 0 && ageGroup !== undefined) {
      const message = create(RegisterRequestSchema, { caseKey, ageGroup, pictures: batch });
      return { method: 'Register', message, ...filled(RegisterRequestSchema, message, batch.length) };
    }

    const message = create(AddRequestSchema, { caseKey, pictures: batch });
    return { method: 'Add', message, ...filled(AddRequestSchema, message, batch.length) };
  });
}

function filled<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>, pictures: number) {
  const unpadded = unpaddedLength(schema, message);
  return { pictures, unpadded, body: bodyOf(schema, pad(schema, message)) };
}

function toMessage(fingerprints: readonly PictureHash[]): Picture {
  return create(PictureSchema, { fingerprints: fingerprints.map(({ hash, quality }) => ({ pdq: hash, quality })) });
}

// A case key takes 18 bytes and an age group 2; before a picture stand a tag and its length, in one byte below 128 and
// else in two. The largest body holds fewer fingerprints than a call may have.
function batches(pictures: readonly Picture[]): Picture[][] {
  const all: Picture[][] = [];
  let length = Infinity;
  for (const picture of pictures) {
    const content = unpaddedLength(PictureSchema, picture) - frameLength;
    const size = content + (content < 128 ? 2 : 3);
    if (length + size > (bodySizes.at(-1) ?? 0) || paddedLength(length + size) === undefined) {
      all.push([]);
      length = frameLength + 20;
    }

    all.at(-1)?.push(picture);
    length += size;
  }

  return all;
}
