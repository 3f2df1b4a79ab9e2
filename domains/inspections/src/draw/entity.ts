import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { drawPieces } from '@hengjian/sampling';
import { z } from 'zod';

const { chains, teams, WeightField } = drawPieces;

export const StratumField = z.object({
  key: field.text('层代号', { en: 'Key', max: 20, pattern: /^[^+]+$/ }),
  label: field.text('层名称', { en: 'Stratum', max: 60 }),
  regions: field.list(
    '地区（代码前缀，空为全部）',
    field.text('地区', { en: 'Region', max: 9, pattern: /^\d{2,9}$/ }),
    {
      en: 'Regions (code prefixes)',
      max: 200,
    },
  ),
  sample: field.integer('抽取户数', { en: 'Firms drawn', max: 100_000 }),
});

/** 双随机抽取: firms and officers drawn as supervision sampling draws them: committed in public, decided by a number to come, opened after the last visit. */
export const InspectionDraw = entity(
  'inspections.draw',
  { zh: '检查对象和人员随机抽取', en: 'Draw of firms and officers' },
  {
    fields: {
      plan: field.reference('检查计划', 'inspections.plan', { en: 'Plan' }),
      name: field.text('抽取名称', { en: 'Name', public: true }),
      matter: field.text('检查事项', { en: 'Matter', max: 120, public: true }),
      checklists: field.list('检查表', field.reference('检查表', 'inspections.checklist', { en: 'Checklist' }), {
        en: 'Checklists',
        max: 10,
      }),
      industries: field.list('行业代码前缀（空为全部）', field.text('行业', { en: 'Industry', max: 8 }), {
        en: 'Industries (none means all)',
        max: 100,
      }),
      dueOn: field.date('完成期限', { en: 'Due on', public: true }),
      unannounced: field.flag('不预先通知', { en: 'Unannounced' }),
      hash: field.choice('哈希算法', { sha256: 'SHA-256', sm3: 'SM3' }, { en: 'Hash', public: true }),
      strata: field.json('分层', { en: 'Strata', public: true }),
      weightRules: field.list('权重规则', WeightField, { en: 'Weight rules' }),
      sizes: field.object(
        '规模',
        {
          frame: field.integer('抽样框', { en: 'Frame' }),
          drawn: field.integer('抽取', { en: 'Drawn' }),
          atCap: field.integer('因已达频次上限未列入', { en: 'Left out at their cap' }),
        },
        { en: 'Sizes', public: true },
      ),
      frameRoot: field.text('抽样框根', { en: 'Root of the frame', public: true }),
      team: optional(field.choice('派员方式', teams, { en: 'Team', public: true })),
      beaconChain: optional(field.choice('随机信标', chains, { en: 'Beacon', public: true })),
      beaconRound: optional(field.integer('信标轮次', { en: 'Round', min: 1, public: true })),
      beaconAt: optional(field.instant('信标发布时间', { en: 'Round comes out at', public: true })),
      commitment: optional(field.json('承诺', { en: 'Commitment', public: true })),
      commitmentDigest: optional(field.text('承诺摘要', { en: 'Digest', public: true })),
      committedOn: optional(field.date('公布承诺日期', { en: 'Committed on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      result: optional(field.json('抽取结果', { en: 'Result', public: true })),
      drawnOn: optional(field.date('抽取日期', { en: 'Drawn on', public: true })),
      openedOn: optional(field.date('公开名单日期', { en: 'Opened on', public: true })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => [row.matter],
    purpose: {
      zh: '随机抽取检查对象、随机匹配检查人员；承诺先公布，名单在最后一户检查之后公开。',
      en: 'Draws firms and matches officers at random; committed to first, named after the last visit.',
    },
  },
);
export type DrawRow = RecordRow<typeof InspectionDraw>;
