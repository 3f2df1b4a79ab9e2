import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import type { JsonValue } from './canonical-json.ts';
import {
  type CommittedRecord,
  commitFields,
  leafContent,
  randomSalts,
  redact,
  verifyRedacted,
} from './salted-fields.ts';

const decision: Record<string, JsonValue> = {
  number: '湘市监处罚〔2026〕17号',
  party: '星沙示例食品有限公司',
  amount: '50000.00',
  contact: { name: '张示例', phone: '000-0000' },
};

function rewrite(record: CommittedRecord, name: string, value: JsonValue): CommittedRecord {
  return { ...record, fields: { ...record.fields, [name]: { ...record.fields[name]!, value } } };
}

describe('records committed field by field', () => {
  const { record, leaf } = commitFields(decision, randomSalts(decision));

  it('verify in full', () => {
    expect(verifyRedacted(record, leaf)).toEqual({
      ok: true,
      fields: { number: 'opened', party: 'opened', amount: 'opened', contact: 'opened' },
    });
  });

  it('verify after the contact has been deleted, and nothing of it remains', () => {
    const published = redact(record, ['contact']);
    expect(verifyRedacted(published, leaf)).toMatchObject({
      ok: true,
      fields: { contact: 'redacted', amount: 'opened' },
    });
    expect(JSON.stringify(published)).not.toContain('张示例');
    expect(published.fields.contact?.salt).toBeUndefined();
  });

  it('survive storage as JSON', () => {
    expect(verifyRedacted(JSON.parse(JSON.stringify(record)) as CommittedRecord, leaf).ok).toBe(true);
  });

  it('betray a changed amount, a changed salt, an added field and a dropped one', () => {
    expect(verifyRedacted(rewrite(record, 'amount', '500.00'), leaf)).toMatchObject({
      ok: false,
      fields: { amount: 'mismatch' },
    });
    const salted = { ...record, fields: { ...record.fields, amount: { ...record.fields.amount!, salt: 'zz' } } };
    expect(verifyRedacted(salted, leaf).ok).toBe(false);
    const { contact: _, ...fewer } = record.fields;
    expect(verifyRedacted({ ...record, fields: fewer }, leaf).ok).toBe(false);
    const more = { ...record.fields, remark: { digest: record.fields.amount!.digest } };
    expect(verifyRedacted({ ...record, fields: more }, leaf).ok).toBe(false);
  });

  it('do not let one field pass for another of the same value', () => {
    const same = { first: '甲', second: '甲' };
    const salt = new Uint8Array(32).fill(7);
    const committed = commitFields(same, { first: salt, second: salt });
    expect(committed.record.fields.first?.digest).not.toBe(committed.record.fields.second?.digest);
  });

  it('put no value into the public log', () => {
    const content = new TextDecoder().decode(leafContent(record));
    for (const word of ['星沙示例', '50000', '张示例', toHex(utf8('星沙'))]) expect(content).not.toContain(word);
  });

  it('ask for a salt of 32 bytes for every field', () => {
    expect(() => commitFields({ a: 1 }, {})).toThrow(expect.objectContaining({ code: 'SALT_MISSING' }));
    expect(() => commitFields({ a: 1 }, { a: new Uint8Array(8) })).toThrow(
      expect.objectContaining({ code: 'SALT_MISSING' }),
    );
  });

  it('hold for any fields and any choice of redactions, under both hashes', () => {
    const fields = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<JsonValue>, { maxKeys: 5 });
    fc.assert(
      fc.property(
        fields,
        fc.constantFrom('sha256' as const, 'sm3' as const),
        fc.func(fc.boolean()),
        (record_, profile, drop) => {
          const committed = commitFields(record_, randomSalts(record_), profile);
          const dropped = Object.keys(record_).filter(drop);
          const verdict = verifyRedacted(redact(committed.record, dropped), committed.leaf);
          expect(verdict.ok).toBe(true);
          for (const name of dropped) expect(verdict.fields[name]).toBe('redacted');
        },
      ),
      { seed: 6962, numRuns: 60 },
    );
  });
});
