import type { Place } from '@hengjian/evidence';
import { readFact, writeFact } from './store.ts';

/** The name of this device, made at its first use: kind and a random number, and nothing of its owner. */
export async function deviceName(): Promise<string> {
  const known = await readFact<string>('device');
  if (known !== undefined) return known;
  const kind = /Android/.test(navigator.userAgent)
    ? 'android'
    : /iPhone|iPad/.test(navigator.userAgent)
      ? 'ios'
      : 'desk';
  const name = `${kind}-${hexOf(crypto.getRandomValues(new Uint8Array(6)))}`;
  await writeFact('device', name);
  return name;
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 by the browser itself: photographs are too large for a hash in script. */
export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Where the device is, or null when it does not tell within some seconds: evidence does not wait for satellites. */
export function whereAmI(): Promise<Place | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: coords.latitude.toFixed(6),
          longitude: coords.longitude.toFixed(6),
          accuracy: coords.accuracy.toFixed(0),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 6_000, maximumAge: 60_000 },
    );
  });
}

export type Room = { used: number; quota: number; persistent: boolean };

/** Bytes used and allowed, and whether the browser promised not to throw anything away by itself. */
export async function roomLeft(): Promise<Room | null> {
  if (navigator.storage?.estimate === undefined) return null;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, quota, persistent: (await navigator.storage.persisted?.()) ?? false };
}
