import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toBase64, toHex } from './bytes.ts';
import { logKeyOf, signTreeHead, type TreeHead, treeHeadText, verifyTreeHead } from './tree-head.ts';

const secret = new Uint8Array(32).fill(9);
const name = 'log.example.gov/hunan';
const key = logKeyOf(name, secret);
const head: TreeHead = {
  origin: name,
  size: 1_234_567,
  root: 'ab'.repeat(32),
  epoch: 0,
  time: '2026-11-22T02:00:00Z',
  hash: 'sha256',
};

describe('signed tree heads', () => {
  it('come back as they were signed', () => {
    expect(verifyTreeHead(signTreeHead(head, name, secret), [key])).toEqual(head);
  });

  it('after a restore say what was lost', () => {
    const restored = {
      ...head,
      epoch: 1,
      size: 900,
      restored: { lastSize: 1000, lastRoot: 'cd'.repeat(32), keptSize: 900 },
    };
    expect(verifyTreeHead(signTreeHead(restored, name, secret), [key])).toEqual(restored);
  });

  it('read as a checkpoint: origin, size, root, extension lines', () => {
    expect(treeHeadText(head).split('\n')).toEqual([
      name,
      '1234567',
      toBase64(fromHex('ab'.repeat(32))),
      'epoch 0',
      'time 2026-11-22T02:00:00Z',
      'hash sha256',
      '',
    ]);
  });

  it('are signatures that any Ed25519 implementation accepts', () => {
    const note = signTreeHead(head, name, secret);
    const signature = Buffer.from(note.trimEnd().split(' ').at(-1)!, 'base64').subarray(4);
    const spki = Buffer.from(`302a300506032b6570032100${key.publicKey}`, 'hex');
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(treeHeadText(head)), publicKey, signature)).toBe(true);
  });

  it('prove nothing when a letter was changed, the key is another, or the signature is missing', () => {
    const note = signTreeHead(head, name, secret);
    expect(verifyTreeHead(note.replace('1234567', '1234568'), [key])).toBeUndefined();
    expect(verifyTreeHead(note.replace('epoch 0', 'epoch 1'), [key])).toBeUndefined();
    expect(verifyTreeHead(note, [logKeyOf(name, new Uint8Array(32).fill(8))])).toBeUndefined();
    expect(verifyTreeHead(note, [])).toBeUndefined();
    expect(verifyTreeHead(treeHeadText(head), [key])).toBeUndefined();
    expect(verifyTreeHead('', [key])).toBeUndefined();
  });

  it('are found among signatures of others', () => {
    const note = signTreeHead(head, name, secret);
    const other = signTreeHead(head, 'witness.example', new Uint8Array(32).fill(3)).split('\n\n')[1]!;
    expect(verifyTreeHead(note.replace('\n\n', `\n\n${other}`), [key])).toEqual(head);
  });

  it.each([
    ['a name with a space', { ...head, origin: 'log hunan' }],
    ['a negative size', { ...head, size: -1 }],
    ['a short root', { ...head, root: 'ab' }],
    ['a local time', { ...head, time: '2026-11-22 10:00' }],
    ['more kept than there was', { ...head, restored: { lastSize: 1, lastRoot: 'cd'.repeat(32), keptSize: 2 } }],
  ])('are not signed over %s', (_, wrong) => {
    expect(() => signTreeHead(wrong, name, secret)).toThrow(expect.objectContaining({ code: 'TREE_HEAD_MALFORMED' }));
  });

  it('keep the public key as 32 bytes in hexadecimal', () => {
    expect(toHex(fromHex(key.publicKey))).toHaveLength(64);
  });
});
