import { findStanding, mayTest } from '@hengjian/institutions';
import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import type { TestItem } from './items.ts';

/**
 * Whether a laboratory may be given these items, or report them, on a day: outside its accredited scope neither (order 163 art. 19), and
 * no report while instrument, calibration, limit of quantification or signatory is missing (order 39 arts 12, 14). Enforced from the first
 * body that the installation's register of testing bodies holds; before that there is nothing to ask.
 */
export async function checkCapability(
  sql: Act['sql'],
  task: { lab: { id: string; name: string }; product: string; items: readonly Pick<TestItem, 'item' | 'method'>[] },
  day: string,
  step: 'assign' | 'report',
): Promise<true | Refusal> {
  const [kept] = await sql.query('select 1 from institutions.certificate limit 1');
  if (kept === undefined) return true;
  const { lab, product, items } = task;
  // An item tested by two methods carries its method in brackets; the register knows it by its own name
  const nameOf = ({ item, method }: Pick<TestItem, 'item' | 'method'>): string => item.replace(`（${method}）`, '');
  const standing = await findStanding(sql, lab.id, items.map(nameOf));
  for (const item of items) {
    const answer = mayTest({ kinds: [product], parameter: nameOf(item), method: item.method }, standing, day)[step];
    if (answer !== true) return refuse(answer.code, answer.zh, answer.en, step === 'assign' ? 'lab' : undefined);
  }
  return true;
}
