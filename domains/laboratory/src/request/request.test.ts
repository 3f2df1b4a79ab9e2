import { randomUUID } from 'node:crypto';
import { machineActor, machines } from '@hengjian/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf, type Laboratory, openLaboratory, procymidone } from '../laboratory-fixture.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.kernel.close());

it('a request becomes an offer, an order for what was asked, and a sample of the client who asked', async () => {
  const client = randomUUID();
  const agent = await lab.kernel.agent('李经办', 'enterprise-agent', client);
  const stranger = await lab.kernel.agent('王经办', 'enterprise-agent', randomUUID());
  const machine = machineActor(lab.kernel, machines.flow, '43');
  const act = (actor: typeof agent, action: string, input: object, record?: string) =>
    lab.act(actor, 'laboratory.test-request', action, input, record);
  const filed = {
    bench: lab.bench,
    organisation: lab.organisation,
    bodyName: '衡岫质检院',
    client,
    clientName: '某合作社',
    contact: '李经办 13800000000',
    kind: '韭菜',
    parameter: '腐霉利',
    method: procymidone.method,
    sampleName: '韭菜',
  };
  await expect(act(machine, 'file', { ...filed, parameter: '镉' })).rejects.toMatchObject({ code: 'out-of-scope' });
  const { record } = await act(machine, 'file', filed);
  expect(await codeOf(act(agent, 'confirm', {}, record))).toBe('not-allowed-now');
  await act(lab.receiver, 'offer', { price: '300', days: 7 }, record);
  expect(await codeOf(act(stranger, 'confirm', {}, record))).toBe('not-found');
  await act(agent, 'confirm', {}, record);
  const order = { quantity: 2, unit: '份', verdictRule: 'any-item', items: [procymidone], dueOn: '2026-03-20' };
  const other = { ...procymidone, method: 'GB 23200.121-2021' };
  expect(await codeOf(act(lab.receiver, 'order', { ...order, items: [other] }, record))).toBe('not-what-was-asked');
  const { created } = await act(lab.receiver, 'order', order, record);
  expect(await lab.row('sample', created[0]!)).toMatchObject({
    state: 'announced',
    source: 'commissioned',
    client: { name: '某合作社', organisation: client },
    items: [{ item: '腐霉利', quantification: '0.01' }],
  });
});
