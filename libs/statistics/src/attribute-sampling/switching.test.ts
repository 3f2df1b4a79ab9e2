import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import {
  advanceSwitching,
  replaySwitching,
  resumeInspection,
  type SwitchingState,
  scoreGainMultistage,
  startSwitching,
} from './index.ts';

const good = { accepted: true, scoreGain: 3, reducedApproved: true };
const bad = { accepted: false, scoreGain: null };

function after(lots: Parameters<typeof advanceSwitching>[1][], start = startSwitching()): SwitchingState {
  return lots.reduce(advanceSwitching, start);
}

describe('转移规则 GB/T 2828.1-2012 9.3、9.4', () => {
  it('连续 5 批以内有 2 批不接收，转加严；相隔 5 批则不转', () => {
    expect(after([bad, good, good, good, bad]).severity).toBe('tightened');
    expect(after([bad, good, good, good, good, bad]).severity).toBe('normal');
  });

  it('加严下连续 5 批接收，恢复正常，得分从零开始', () => {
    const tightened = after([bad, bad]);
    expect(after([good, good, good, good], tightened).severity).toBe('tightened');
    expect(after([good, good, good, good, good], tightened)).toEqual(startSwitching());
  });

  it('再提交批不计入任何转移', () => {
    expect(after([bad, { ...bad, resubmitted: true }, { ...good, resubmitted: true }])).toEqual(after([bad]));
  });

  it('得分 30 以上还须生产稳定并经负责部门同意，才转放宽', () => {
    const tenGood = Array.from({ length: 10 }, () => good);
    expect(after(tenGood).severity).toBe('reduced');
    expect(after(tenGood.map((lot) => ({ ...lot, reducedApproved: false }))).severity).toBe('normal');
    expect(after(tenGood.map((lot) => ({ ...lot, productionSteady: false }))).severity).toBe('normal');
  });

  it('放宽下 1 批不接收、生产不正常或有其他情况，恢复正常', () => {
    const reduced = startSwitching('reduced');
    expect(after([good], reduced).severity).toBe('reduced');
    expect(after([bad], reduced).severity).toBe('normal');
    expect(after([{ ...good, productionSteady: false }], reduced).severity).toBe('normal');
    expect(after([{ ...good, otherConditions: true }], reduced).severity).toBe('normal');
  });

  it('加严下累计 5 批不接收，暂停检验；改进后从加严恢复', () => {
    const stopped = after([bad, good, bad, bad, good, bad, bad], startSwitching('tightened'));
    expect(stopped.severity).toBe('discontinued');
    expect(() => advanceSwitching(stopped, good)).toThrow(StatisticsError);
    expect(resumeInspection(stopped)).toEqual(startSwitching('tightened'));
    expect(() => resumeInspection(startSwitching())).toThrow(StatisticsError);
  });

  it('二次抽样首次样本接收得 3 分，多次抽样第三次以前接收得 3 分，否则归零', () => {
    expect(scoreGainMultistage('double', 1)).toBe(3);
    expect(scoreGainMultistage('double', 2)).toBeNull();
    expect(scoreGainMultistage('multiple', 3)).toBe(3);
    expect(scoreGainMultistage('multiple', 4)).toBeNull();
    expect(scoreGainMultistage('multiple', null)).toBeNull();
  });

  it('Ac 为 0 的方案每接收一批得 2 分', () => {
    const trace = replaySwitching(
      'E',
      1,
      Array.from({ length: 3 }, () => ({ nonconforming: 0 })),
    );
    expect(trace.map((step) => step.next.score)).toEqual([2, 4, 6]);
  });

  it('历史回放在暂停的那一批结束', () => {
    const lots = Array.from({ length: 20 }, () => ({ nonconforming: 9 }));
    const trace = replaySwitching('K', 1, lots);
    expect(trace).toHaveLength(7);
    expect(trace.at(-1)?.next.severity).toBe('discontinued');
    expect(() => replaySwitching('K', 1, [{ nonconforming: -1 }])).toThrow(StatisticsError);
  });
});
