import type { Draw } from './bodies/draw.ts';
import type { Label } from './language.ts';

/** The published stages in their order, each with what is public from then on. */
export const stages: readonly { stage: Exclude<Draw['stage'], 'voided'>; label: Label; tells: Label }[] = [
  {
    stage: 'committed',
    label: { zh: '承诺', en: 'Committed' },
    tells: {
      zh: '名单已锁定：每家企业是一个加盐的哈希，层、权重、样本量和随机数来源已定，不能再改。',
      en: 'The list is locked: every firm is a salted hash. Strata, weights, sizes and the source of randomness can no longer change.',
    },
  },
  {
    stage: 'drawn',
    label: { zh: '抽中', en: 'Drawn' },
    tells: {
      zh: '随机数已公布，抽中哪些编号人人可以重算；编号背后是谁还不公开，以免走漏。',
      en: 'The random number is out and anybody can compute which leaves it draws. Whom they stand for stays closed, so that nobody is warned.',
    },
  },
  {
    stage: 'opened',
    label: { zh: '公开名单', en: 'Opened' },
    tells: {
      zh: '现场工作已结束，企业名称和盐值公开，可以核对编号与名称是否一致。',
      en: 'The visits are over: names and salts are public and can be checked against the leaves.',
    },
  },
];

export const stageLabels: Record<Draw['stage'], Label> = {
  committed: { zh: '已承诺，待抽取', en: 'Committed, not yet drawn' },
  drawn: { zh: '已抽中，名单未公开', en: 'Drawn, names still closed' },
  opened: { zh: '名单已公开', en: 'Opened' },
  voided: { zh: '已作废', en: 'Void' },
};
