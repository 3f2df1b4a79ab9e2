import { expect } from 'vitest';
import { type MessageProvider, Undeliverable } from './provider.ts';

/**
 * What every adapter must do, whoever stands behind it: `make` opens it anew over the same store, as after a crash; `sent` says what really
 * went out.
 */
export async function honoursTheContract(
  make: () => MessageProvider,
  sent: () => string[],
  addresses: { good: string; refused: string; busy: string },
): Promise<void> {
  const first = make();
  expect(await first.receipt('k1')).toEqual({ state: 'unknown' });
  const message = { key: 'k1', to: addresses.good, text: '甲' };
  const { reference } = await first.send(message);
  expect(reference).not.toBe('');
  // The process died after handing over and before writing it down: the same key again goes out once.
  const second = make();
  expect(await second.send(message)).toEqual({ reference });
  expect(sent().filter((key) => key === 'k1')).toHaveLength(1);
  expect(['accepted', 'arrived']).toContain((await second.receipt('k1')).state);
  await expect(second.send({ ...message, key: 'k2', to: addresses.refused })).rejects.toBeInstanceOf(Undeliverable);
  const busy = second.send({ ...message, key: 'k3', to: addresses.busy });
  await expect(busy).rejects.toBeInstanceOf(Error);
  await expect(busy).rejects.not.toBeInstanceOf(Undeliverable);
  expect(sent()).toEqual(['k1']);
}
