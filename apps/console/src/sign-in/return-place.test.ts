import { describe, expect, it } from 'vitest';
import { hallPlace, returnPlace } from './return-place.ts';

describe('after signing in', () => {
  it('one is back on the page that asked for it', () => {
    expect(returnPlace('/list/sampling.task?overdue=1')).toBe('/list/sampling.task?overdue=1');
  });

  it('a page of the service hall is left for the portal again, and no other', () => {
    expect(hallPlace('/hall/kinds/food-production')).toBe('/hall/kinds/food-production');
    expect(['/hallway', '/hall//evil.example', '/list', null].map(hallPlace)).toEqual(Array(4).fill(undefined));
  });

  it('a crafted link leads nowhere else', () => {
    expect(returnPlace('//evil.example')).toBe('/');
    expect(returnPlace('https://evil.example')).toBe('/');
    expect(returnPlace('/sign-in?from=/sign-in')).toBe('/');
    expect(returnPlace(null)).toBe('/');
  });
});
