import { describe, expect, it } from 'vitest';
import { returnPlace } from './return-place.ts';

describe('after signing in', () => {
  it('one is back on the page that asked for it', () => {
    expect(returnPlace('/list/sampling.task?overdue=1')).toBe('/list/sampling.task?overdue=1');
  });

  it('a crafted link leads nowhere else', () => {
    expect(returnPlace('//evil.example')).toBe('/');
    expect(returnPlace('https://evil.example')).toBe('/');
    expect(returnPlace('/sign-in?from=/sign-in')).toBe('/');
    expect(returnPlace(null)).toBe('/');
  });
});
