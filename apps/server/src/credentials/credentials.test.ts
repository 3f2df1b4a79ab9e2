import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublicLicence } from '@hengjian/licensing';
import { describe, expect, it } from 'vitest';
import { licenceCredential, statusListCredential } from './credential.ts';
import { localSeal } from './seal.ts';
import { encodeStatusList, isRaised, listLength } from './status-list.ts';
import { verifyLicence } from './verify.ts';

const seal = localSeal(mkdtempSync(join(tmpdir(), 'seal-')));
const base = 'https://hengjian.example';
const now = new Date('2026-03-10T02:00:00Z');
const licence: PublicLicence = {
  entry: '0',
  licence: '11111111-1111-7111-8111-111111111111',
  kind: 'food-production',
  kindName: { zh: '食品生产许可', en: 'Food production licence' },
  number: 'SC12743010200018',
  holder: '演示食品厂',
  holderCode: '91430102MA4L00011X',
  status: 'valid',
  exit: null,
  validFrom: '2026-03-02',
  validUntil: '2031-03-02',
  region: '430102',
  address: '芙蓉区',
  issuedOn: '2026-03-02',
  commitment: 'none',
  office: '湖南省市场监督管理局',
  productNames: [{ code: '127', zh: '保健食品', en: 'Health food' }],
  publishedAt: now.toISOString(),
  statusIndex: 9,
};
const token = await seal.sign(licenceCredential(licence, base, seal.demonstration));
const listsFor = (status: string, at = now) =>
  Promise.all(
    (['revocation', 'suspension'] as const).map((purpose) =>
      seal.sign(
        statusListCredential(
          [
            { index: 8, status: 'valid' },
            { index: 9, status },
          ],
          purpose,
          0,
          at,
          base,
          true,
        ),
      ),
    ),
  );
const check = async (status: string, at = now, signed = token) =>
  verifyLicence(signed, await listsFor(status), seal.publicKey, at);

describe('a status list', () => {
  it('has at least 131,072 bits, the first of them leftmost', () => {
    const list = encodeStatusList([0, 9, listLength - 1]);
    expect([0, 1, 8, 9, 10, listLength - 1].map((index) => isRaised(list, index))).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(() => isRaised(list, listLength)).toThrow(/ends before/);
    expect(() => isRaised('zabc', 0)).toThrow(/base64url/);
  });
});

describe('an electronic certificate', () => {
  it('is checked with the published key and the lists alone, and says that its key is a demonstration', async () => {
    const found = await check('valid');
    expect(found).toMatchObject({ valid: true, demonstration: true, subject: { licenceNumber: licence.number } });
    expect(found.steps.map(({ step, passed }) => [step, passed])).toEqual([
      ['signature', true],
      ['period', true],
      ['revocation', true],
      ['suspension', true],
    ]);
  });
  it.each([
    ['annulled', 'revocation'],
    ['deregistered', 'revocation'],
    ['suspended', 'suspension'],
  ])('of a licence that is %s fails at %s alone', async (status, step) => {
    const { valid, steps } = await check(status);
    expect([valid, steps.filter(({ passed }) => !passed).map((one) => one.step)]).toEqual([false, [step]]);
  });
  it('that was altered, has run out, or comes with lists of yesterday is not valid', async () => {
    const [head, , signature] = token.split('.');
    const claims = { ...licenceCredential(licence, base, true), validUntil: '2099-01-01T00:00:00Z' };
    const altered = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect((await check('valid', now, altered)).steps).toMatchObject([{ step: 'signature', passed: false }]);
    expect((await check('valid', new Date('2031-03-03T02:00:00Z'))).valid).toBe(false);
    expect((await verifyLicence(token, [], seal.publicKey, now)).valid).toBe(false);
    const stale = await listsFor('valid', new Date('2026-03-08T02:00:00Z'));
    expect((await verifyLicence(token, stale, seal.publicKey, now)).valid).toBe(false);
    const other = localSeal(mkdtempSync(join(tmpdir(), 'seal-')));
    expect((await verifyLicence(token, await listsFor('valid'), other.publicKey, now)).valid).toBe(false);
  });
});
