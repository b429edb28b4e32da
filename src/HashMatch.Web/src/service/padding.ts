import { toBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { WireType } from '@bufbuild/protobuf/wire';

/** The only sizes that a request's body has, in bytes. */
export const bodySizes = [1024, 4096, 16_384] as const;

/** What gRPC-Web puts before a message: a byte of flags and the message's length in four. */
export const frameLength = 5;

// The field `padding` of every request. It is a bool that may stand any number of times: its tag, then its value.
const paddingNumber = 15;
const paddingTag = (paddingNumber << 3) | WireType.Varint;

// The shortest filling: a tag and a value.
const shortestField = 2;

// A zero may be written in two bytes: this one, which says that another follows, and a zero.
const longZero = 0x80;

/**
 * Tells to which size a body of this length is filled: the next one, but a gap of one byte cannot be closed. Nothing if
 * it is too long for the largest.
 */
export function paddedLength(length: number): number | undefined {
  return bodySizes.find((size) => size === length || size - length >= shortestField);
}

/** Tells how long the body would be without filling, in bytes. */
export function unpaddedLength<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): number {
  return frameLength + toBinary(schema, message, { writeUnknownFields: false }).length;
}

/** Fills a request so that its gRPC-Web body has one of the sizes exactly. */
export function pad<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): MessageShape<Desc> {
  const length = unpaddedLength(schema, message);
  const size = paddedLength(length);
  if (size === undefined) {
    throw new RangeError('The request is too long to be filled.');
  }

  message.$unknown =
    size > length ? [{ no: paddingNumber, wireType: WireType.Varint, data: filling(size - length) }] : [];
  return message;
}

/** Gives the very body that is sent for a message. */
export function bodyOf<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): Uint8Array {
  const bytes = toBinary(schema, message);
  const body = new Uint8Array(frameLength + bytes.length);
  new DataView(body.buffer).setUint32(1, bytes.length);
  body.set(bytes, frameLength);
  return body;
}

// One unknown field holds them all, without its tag: that is written by whoever writes the message. An even gap is
// closed by fields of two bytes each; for an odd one the first is written in three.
function filling(gap: number): Uint8Array {
  const odd = gap % 2;
  const data = new Uint8Array(gap - 1);
  for (let i = 1 + odd; i < data.length; i += 2) {
    data[i] = paddingTag;
  }

  if (odd === 1) {
    data[0] = longZero;
  }

  return data;
}
