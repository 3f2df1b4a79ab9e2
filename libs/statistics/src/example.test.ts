import { expect, it, vi } from 'vitest';

it('the example of the README runs and says what it shows', async () => {
  const said: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
    said.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
  });
  await import('../example.ts');
  log.mockRestore();
  expect(said).toEqual([
    'K 125 3 4',
    'tightened',
    '0.954',
    '批次按风险有针对性地抽取，合格率仅反映所检批次，不代表市场总体质量。',
    '[3]',
    'true 10.0',
    '[0,1] 0.001',
    '3.25 1.92',
    '1.3',
    'low high false',
    '["0.667","0.333"]',
    'kept',
    '231',
    '96.64',
  ]);
});
