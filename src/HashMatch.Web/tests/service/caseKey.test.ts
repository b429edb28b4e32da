import { describe, expect, it, test } from 'vitest';
import { CaseKey } from '../../src/service/caseKey';

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U';

// The first four are those of the C# tests; all were computed apart from both. The last five have the check characters
// that are no digits.
const known = [
  ['00000000000000000000000000000000', '00000-00000-00000-00000-00000-00'],
  ['00000000000000000000000000000001', '00000-00000-00000-00000-00000-11'],
  ['ffffffffffffffffffffffffffffffff', '7ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z*'],
  ['00112233445566778899aabbccddeeff', '0024H-36H2N-CSVRH-6DAQF-6DVVQ-ZW'],
  ['384f407bc957583412113164416e41ce', '1R9X0-7QJAQ-B0T14-49HCH-0PWGE-ES'],
  ['6b86b273ff34fce19d6b804eff5a3f57', '3BGTS-77ZSM-ZKGST-TW09V-ZNMFT-Q*'],
  ['ec2e990b934dde55cb87300629cedfc2', '7C5TC-GQ4TD-VSAWQ-1SG0R-MWXQY-2~'],
  ['73475cb40a568e8da8a045ced110137e', '3K8XE-B82JP-HT6TH-825SV-8H04V-Y$'],
  ['41cfc0d1f2d127b04555b7246d84019b', '21SZ0-D3WPH-4YR4A-NDQ4H-PR80C-V='],
  ['c2356069e9d1e79ca924378153cfbbfb', '626NG-6KTEH-WYEAJ-91QG5-9WZEZ-VU'],
] as const;

describe('a case key', () => {
  test.each(known)('%s is written as %s and read again', (hex, text) => {
    expect(CaseKey.fromBytes(Buffer.from(hex, 'hex')).toText()).toBe(text);
    expect(hexOf(CaseKey.parse(text))).toBe(hex);
  });

  test.each([
    '0024h-36h2n-csvrh-6daqf-6dvvq-zw',
    '0024H36H2NCSVRH6DAQF6DVVQZW',
    '  OO24H 36H2N\tCSVRH 6DAQF 6DVVQ ZW\r\n',
    'oo24h36h2ncsvrh6daqf6dvvqzw',
  ])('is read as people write it: %j', (text) => {
    expect(CaseKey.parse(text)?.toText()).toBe('0024H-36H2N-CSVRH-6DAQF-6DVVQ-ZW');
  });

  it('takes I and L for 1', () => {
    expect(CaseKey.parse('00000-00000-00000-00000-00000-iL')?.toText()).toBe('00000-00000-00000-00000-00000-11');
  });

  test.each([
    '',
    '0',
    '0024H-36H2N-CSVRH-6DAQF-6DVVQ-Z',
    '0024H-36H2N-CSVRH-6DAQF-6DVVQ-ZW0',
    '8ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z0',
    '0024H-36H2N-CSVRH-6DAQF-6DVVQ-Z!',
    '*****-*****-*****-*****-*****-**',
    'ｏ0024H-36H2N-CSVRH-6DAQF-6DVVQ-Z',
    '00000-00000-00000-00000-00000-1ı',
  ])('is not read from something else: %j', (text) => {
    expect(CaseKey.parse(text)).toBeUndefined();
  });

  it('is not read with any one character wrong, or two neighbours swapped', () => {
    for (const [, written] of known) {
      const text = written.replaceAll('-', '');
      for (let i = 0; i < text.length; i++) {
        for (const wrong of Array.from(symbols).filter((symbol) => symbol !== text[i])) {
          expect(CaseKey.parse(text.slice(0, i) + wrong + text.slice(i + 1))).toBeUndefined();
        }

        const swapped =
          text.slice(0, i) +
          text
            .slice(i, i + 2)
            .split('')
            .reverse()
            .join('') +
          text.slice(i + 2);
        expect(hexOf(CaseKey.parse(swapped))).toBe(swapped === text ? hexOf(CaseKey.parse(text)) : undefined);
      }
    }
  });

  it('is new each time, and is what it was after being written and read', () => {
    const keys = Array.from({ length: 100 }, () => CaseKey.create());

    expect(new Set(keys.map((key) => key.toText())).size).toBe(100);
    for (const key of keys) {
      expect(hexOf(CaseKey.parse(key.toText()))).toBe(hexOf(key));
    }
  });

  test.each([0, 15, 17])('is not made of %d bytes', (length) => {
    expect(() => CaseKey.fromBytes(new Uint8Array(length))).toThrow(RangeError);
  });
});

function hexOf(key: CaseKey | undefined): string | undefined {
  return key && Buffer.from(key.toBytes()).toString('hex');
}
