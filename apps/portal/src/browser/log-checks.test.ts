import { commitFields, randomSalts, redact, toHex } from '@hengjian/transparency';
import type { TreeHead } from '@hengjian/transparency/verification';
import { describe, expect, it } from 'vitest';
import { logOf } from '../testing/log.ts';
import {
  checkConsistency,
  checkHead,
  checkInclusion,
  checkRecord,
  compareHeads,
  leafOfFile,
  readProofFile,
} from './log-checks.ts';

const log = logOf(1000);
const which: [string, string] = ['树头', 'the head'];
const headOf = async (size: number): Promise<TreeHead> =>
  checkHead((await logOf(size).head()).note, log.key, which).head!;

describe('a signed head', () => {
  it('is believed only under the key of the log', async () => {
    const { note } = await log.head();
    expect(checkHead(note, log.key, which).finding.ok).toBe(true);
    expect(checkHead(note.replace('1000', '1001'), log.key, which).finding.ok).toBe(false);
    expect(checkHead(note, { ...log.key, publicKey: '00'.repeat(32) }, which).finding.ok).toBe(false);
  });
});

describe('an entry', () => {
  it('is found at its place and at no other', async () => {
    const head = await headOf(1000);
    const { hash, proof } = await log.inclusion(9, 1000);
    expect(checkInclusion(9, hash, proof, head).ok).toBe(true);
    expect(checkInclusion(10, hash, proof, head).ok).toBe(false);
    expect(checkInclusion(9, 'zz', proof, head).ok).toBe(false);
  });

  it('tells what was opened of it, and catches a field that was changed', () => {
    const fields = { act: '发布', office: '430000' };
    const { record, leaf } = commitFields(fields, randomSalts(fields));
    const opened = redact(record, ['office']);
    const [whole, first, ...rest] = checkRecord(opened, toHex(leaf));
    expect([whole?.ok, first?.why.zh, rest.length]).toEqual([true, '"发布"', 0]);
    const changed = { ...record, fields: { ...record.fields, act: { ...record.fields.act!, value: '撤回' } } };
    expect(checkRecord(changed, toHex(leaf)).map(({ ok }) => ok)).toEqual([false]);
    expect(leafOfFile({ treeHead: '', leafIndex: 0, proof: [], record: opened })).toBe(toHex(leaf));
  });
});

describe('a head that somebody kept', () => {
  it('is the beginning of the present log', async () => {
    const [kept, now] = [await headOf(700), await headOf(1000)];
    expect(compareHeads(kept, now)).toBeUndefined();
    const { proof } = await log.consistency(700, 1000);
    expect(checkConsistency(kept, now, proof).ok).toBe(true);
    expect(checkConsistency({ ...kept, root: '11'.repeat(32) }, now, proof).ok).toBe(false);
  });

  it('betrays a log that became shorter', async () => {
    expect(compareHeads(await headOf(1000), await headOf(700))?.ok).toBe(false);
  });

  it('cannot be compared beyond what a restore kept', async () => {
    const [kept, now] = [await headOf(700), await headOf(1000)];
    const restored = { ...now, epoch: 1, restored: { lastSize: 720, lastRoot: kept.root, keptSize: 650 } };
    expect(compareHeads(kept, restored)?.ok).toBeNull();
    expect(compareHeads({ ...kept, size: 600 }, restored)).toBeUndefined();
    expect(checkConsistency(kept, { ...restored, epoch: 2 }, []).ok).toBeNull();
  });
});

describe('a dropped file', () => {
  it('is a head, a proof, or neither', async () => {
    const { note } = await log.head();
    expect(readProofFile(note.replaceAll('\n', '\r\n'))).toEqual({ note });
    const proof = { treeHead: note, leafIndex: 9, leaf: 'aa', proof: [] };
    expect(readProofFile(JSON.stringify(proof))).toEqual({ inclusion: proof });
    for (const text of ['', '{', '{}', 'hello', JSON.stringify({ ...proof, leaf: 1 })])
      expect(readProofFile(text)).toBeUndefined();
  });
});
