import { createLocalSigningPort, type SigningPort } from '@hengjian/laboratory';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  checked,
  distributed,
  type Laboratory,
  openLaboratory,
} from '../../../../domains/laboratory/src/laboratory-fixture.ts';
import { createReportSealer } from './seal-reports.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.kernel.close());

const unreachable: SigningPort = {
  provider: '签章服务',
  sign: () => Promise.reject(new Error('connect ECONNREFUSED')),
};
const signed = async (reportNumber: string): Promise<string> => {
  const one = await distributed(lab);
  await checked(lab, one, ['0.1', '0.01']);
  await lab.act(lab.signatory, 'laboratory.sample', 'sign', { reportNumber }, one.sample);
  await lab.kernel.sealer.seal();
  return one.sample;
};

it('seals every signed report once its provider answers; one that does not answer loses none', async () => {
  const samples = [await signed('HX-1'), await signed('HX-2')];
  const signatures = async () =>
    (await Promise.all(samples.map((id) => lab.row('sample', id)))).map(({ signature }) => signature);
  expect(await createReportSealer(lab.kernel, unreachable)()).toBe(0);
  expect(await signatures()).toEqual([null, null]);
  const seal = createReportSealer(lab.kernel, createLocalSigningPort(new Uint8Array(32).fill(7)));
  expect(await seal()).toBe(2);
  expect(await signatures()).toMatchObject([
    { algorithm: 'ECDSA-P256', demonstration: true },
    { algorithm: 'ECDSA-P256', demonstration: true },
  ]);
  expect(await seal()).toBe(0);
});
