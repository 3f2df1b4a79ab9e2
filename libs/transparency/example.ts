import { announceDraw, getChain, openDraw, resolveDraw, roundAt } from './src/index.ts';
import { verifyDraw } from './src/verification.ts';

// 1. Announce. `bundle` is published, `sealed` stays with the organiser.
const chain = getChain('quicknet');
const round = roundAt(Date.parse('2023-08-23T15:59:24Z') / 1000, chain); // 1000
const { bundle, sealed } = announceDraw({
  id: 'HN-2023-017',
  committedAt: '2023-08-23T15:00:00Z',
  enterprises: ['甲', '乙', '丙', '丁', '戊', '己'].map((name, index) => ({
    record: { name: `示例企业${name}` },
    stratum: 0,
    weight: 1 + (index % 3),
  })),
  strata: [{ code: 0, sample: 2, reserve: 1 }],
  samplers: {
    team: 'any',
    people: ['张', '李', '王', '赵'].map((name) => ({ record: { name: `示例抽样员${name}` }, body: 1 })),
    exclusions: [{ enterprise: 0, person: 3 }],
  },
  beacon: { chain: chain.hash, round },
});

// 2. Draw, when the round is out. Anyone can do the same from the bundle.
const signature = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
const drawn = resolveDraw(bundle, { beacon: { round, signature } });

// 3. Open, after the last visit; with the exclusions only for an auditor.
const audited = openDraw(drawn, sealed, { exclusions: true });

// 4. Verify, at any stage, in the browser too. What could not be checked is `null`.
for (const { name, ok } of verifyDraw(audited).steps) console.log(ok, name);
