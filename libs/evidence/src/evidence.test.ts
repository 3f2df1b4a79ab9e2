import { sha256, toHex, utf8 } from '@hengjian/transparency';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPiece, beginChain, type CapturedPiece, captureTimes, headOf, sheetDigest, verifyChain } from './index.ts';

const task = '019a0000-0000-7000-8000-000000000001';
const other = '019a0000-0000-7000-8000-000000000002';
const sheet = sheetDigest({ model: 'T-1', seal: '00001' }, '00'.repeat(16));

const photo = (number: number): CapturedPiece => ({
  id: `019a0000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  kind: 'photos',
  mediaType: 'image/jpeg',
  size: 7,
  sha256: toHex(sha256(utf8(`photo ${number}`))),
  deviceAt: `2026-03-02T01:${String(number).padStart(2, '0')}:00.000Z`,
  place: { latitude: '28.2282', longitude: '112.9388', accuracy: '12' },
  signer: null,
});
const signature: CapturedPiece = {
  ...photo(40),
  kind: 'signatures',
  signer: { part: 'firm', name: '陈经办', person: null, sheet },
};
const chainOf = (...pieces: CapturedPiece[]) =>
  pieces.reduce(
    addPiece,
    beginChain({ id: other, record: task, device: 'phone-1', begunAt: '2026-03-02T01:00:00.000Z' }),
  );
const filesOf = (...pieces: CapturedPiece[]) =>
  new Map(pieces.map(({ id, sha256: hash, size }) => [id, { sha256: hash, size }]));
const three = [photo(1), photo(2), signature];

describe('evidence captured on the spot', () => {
  it('holds when nothing was touched', () => {
    expect(verifyChain(chainOf(...three), task, filesOf(...three), sheet)).toBeNull();
  });

  it('names the photograph that was changed afterwards', () => {
    const files = filesOf(...three).set(photo(2).id, { sha256: toHex(sha256(utf8('retouched'))), size: 9 });
    const fault = verifyChain(chainOf(...three), task, files, sheet);
    expect(fault).toMatchObject({ code: 'changed-piece', piece: 2 });
    expect(fault!.zh).toContain('第 2 件证据');
  });

  it('names the piece that never arrived', () => {
    expect(verifyChain(chainOf(...three), task, filesOf(photo(1), signature), sheet)).toMatchObject({
      code: 'missing-piece',
      piece: 2,
    });
  });

  it('refuses evidence that was captured for another task', () => {
    expect(verifyChain(chainOf(...three), other, filesOf(...three), sheet)).toMatchObject({ code: 'other-record' });
  });

  it('refuses a signature for a sheet that was changed after signing', () => {
    const changed = sheetDigest({ model: 'T-2', seal: '00001' }, '00'.repeat(16));
    expect(verifyChain(chainOf(...three), task, filesOf(...three), changed)).toMatchObject({
      code: 'signed-another-sheet',
      piece: 3,
    });
  });

  it('lets somebody sign again after a change: the last signature counts', () => {
    const changed = sheetDigest({ model: 'T-2', seal: '00001' }, '00'.repeat(16));
    const again = { ...photo(41), kind: 'signatures', signer: { ...signature.signer!, sheet: changed } };
    expect(verifyChain(chainOf(...three, again), task, filesOf(...three, again), changed)).toBeNull();
  });

  it('notices whatever piece is taken out, moved, put in twice or told differently', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.nat(),
        fc.constantFrom('drop', 'swap', 'repeat', 'retell'),
        (many, at, how) => {
          const pieces = Array.from({ length: many }, (_, index) => photo(index + 1));
          const chain = chainOf(...pieces);
          const links = [...chain.links];
          // Dropping the last is no break of the chain but a missing head, which whoever keeps the head sees.
          const place = at % (many - 1);
          if (how === 'drop') links.splice(place, 1);
          if (how === 'swap') [links[place], links[place + 1]] = [links[place + 1]!, links[place]!];
          if (how === 'repeat') links.splice(place, 0, links[place]!);
          if (how === 'retell')
            links[place] = {
              ...links[place]!,
              piece: { ...links[place]!.piece, deviceAt: '2026-03-01T00:00:00.000Z' },
            };
          const tampered = { ...chain, links };
          expect(verifyChain(tampered, task, filesOf(...pieces), null)).toMatchObject({ code: 'broken-chain' });
        },
      ),
      { numRuns: 40 },
    );
    const whole = chainOf(...three);
    expect(headOf({ ...whole, links: whole.links.slice(0, -1) })).not.toBe(headOf(whole));
  });

  it('tells the server’s time of each piece although the phone was twenty minutes ahead', () => {
    const clock = { deviceAt: '2026-03-02T08:20:00.000Z', serverAt: '2026-03-02T08:00:00.000Z' };
    expect(captureTimes(chainOf(photo(30)), clock)).toEqual([
      { id: photo(30).id, at: '2026-03-02T01:10:00.000Z', aheadSeconds: 1200 },
    ]);
  });

  it('gives other digests to equal sheets with other salts, and the same whatever the order of members', () => {
    const one = sheetDigest({ a: 1, b: { c: '2', d: undefined } }, '01'.repeat(16));
    expect(sheetDigest({ b: { c: '2' }, a: 1 }, '01'.repeat(16))).toBe(one);
    expect(sheetDigest({ a: 1, b: { c: '2' } }, '02'.repeat(16))).not.toBe(one);
  });
});
