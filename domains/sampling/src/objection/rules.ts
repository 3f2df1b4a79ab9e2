import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { failedItemsOf, type ResultRow } from '../task/results.ts';
import { concludeFrom } from '../task/rules.ts';
import type { ObjectionRow } from './entity.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;

/** Seven calendar days from receipt of the retest notice (order 18 art. 38). */
export const formalitiesRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 7,
  basis: o18('第三十八条、第五十五条'),
};
/** Ten calendar days from the formalities (order 18 art. 39). */
export const designationRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 10,
  basis: o18('第三十九条、第五十五条'),
};

/** The last day for the formalities of a retest. */
export function lastDayForFormalities(noticeReceivedOn: string, calendar: Calendar): string {
  return computeDeadline(formalitiesRule, noticeReceivedOn, calendar).dueOn!;
}

/** A retest separates bodies; the first one retests only where it alone is qualified (order 18 art. 39). */
export function checkRetestLab(
  first: { id: string },
  retest: { id: string },
  onlyLabReason: string | null | undefined,
): true | Refusal {
  if (first.id === retest.id && !onlyLabReason)
    return refuse(
      'same-laboratory',
      '复检机构与初检机构不得为同一机构（第三十九条）；辖区内仅有一个机构具备资质的，须写明理由。',
      'The retest goes to another laboratory (art. 39), unless only one is qualified in the region: then say so.',
      'retestLab',
    );
  if (first.id !== retest.id && onlyLabReason)
    return refuse(
      'reason-without-need',
      '复检机构不是初检机构，不必填写例外理由。',
      'Another laboratory needs no exception.',
      'onlyLabReason',
    );
  return true;
}

/** What follows when a part of an objection is upheld (order 18 art. 37; practice M8). */
export function outcomeOf(ground: ObjectionRow['ground'], upheld: boolean): 'stands' | 'void' | 'seller-only' {
  if (!upheld) return 'stands';
  return ground === 'not-my-product' ? 'seller-only' : 'void';
}

/**
 * The conclusion after a retest: the contested items by the retest, the others as first found, under the same rule of the
 * detailed rules (order 18 art. 42). Who bears the fee follows from whether the conclusion changed (art. 43).
 */
export function concludeRetest(
  row: Pick<ObjectionRow, 'items' | 'verdictRule' | 'firstVerdicts' | 'firstConclusion'>,
  retested: readonly Pick<ResultRow, 'item' | 'value' | 'unit' | 'verdict'>[],
): Pick<ObjectionRow, 'retestConclusion' | 'feeBearer' | 'outcome'> & {
  finalFailedItems: NonNullable<ObjectionRow['finalFailedItems']>;
} {
  const results = row.firstVerdicts.map(
    (first) => retested.find(({ item }) => item === first.item) ?? { ...first, unit: first.unit ?? null },
  );
  const { conclusion } = concludeFrom(row.verdictRule, row.items, results);
  const same = conclusion === row.firstConclusion;
  return {
    retestConclusion: conclusion,
    feeBearer: same ? 'applicant' : 'organiser',
    outcome: same ? 'stands' : 'overturned',
    finalFailedItems: conclusion === 'conforms' ? [] : failedItemsOf(row.items, results),
  };
}

/** What the authority owes for a spare sample used up in a retest (order 18 art. 37(3)): the marked price times the number. */
export function spareSamplePayment(unitPrice: string | null | undefined, quantity: number): string {
  return new Decimal(unitPrice ?? '0').times(quantity).toFixed(2);
}
