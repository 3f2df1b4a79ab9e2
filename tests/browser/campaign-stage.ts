import { it } from 'vitest';
import { itemsFor } from '../../apps/server/src/demonstration/campaign.ts';
import { findDetailedRules, getProduct } from '../../data/products/index.ts';
import { type Desk, openOffice, type Person } from './desk.ts';

export const product = 'P105';
export const productName = getProduct(product).zh;
export const template = findDetailedRules(product)!;
export const items = itemsFor(product);
export const office = openOffice();
export const bureau = '湖南省市场监督管理局';

/** What the journey has come to. */
export const story = {
  year: '',
  today: '',
  plan: '',
  scheme: '',
  rules: '',
  draw: '',
  bulletin: '',
  secrets: [] as string[],
  /** Two samplers of one body, as the door offers them. */
  samplers: { body: '', names: [] as string[] },
  laboratory: '',
  tasks: [] as { id: string; number: string; firm: string; firmId: string; code: string }[],
};

export const planner = (): Promise<Desk> => office.at({ role: '计划管理', place: bureau });
export const organiser = (): Promise<Desk> => office.at({ role: '组织抽查', place: bureau });
const chief: Person = { role: '处（科）长', place: bureau };
const head: Person = { role: '局领导', place: bureau };

let begun = 0;
let passed = 0;

/** One step of the journey; a later one rests on it. */
export function step(name: string, run: () => Promise<void>): void {
  it(name, async (context) => {
    context.skip(passed < begun, 'an earlier step of the journey failed');
    begun += 1;
    try {
      await run();
    } catch (error) {
      await office.picture('campaign-failed');
      throw error;
    }
    passed += 1;
  });
}

export interface Row {
  id: string;
  number: string | null;
  title: string;
  state: string;
  subject: { id: string; name: string } | null;
  fields: Record<string, unknown>;
}

/** What a list of the desk's own reader holds now. */
export const rows = async (desk: Desk, query: string): Promise<Row[]> =>
  (await desk.read<{ rows: Row[] }>(`/api/records?${query}`)).rows;

export const record = (desk: Desk, id: string): Promise<Row> => desk.read<Row>(`/api/records/${id}`);

/** Consequences follow an action by a moment: asks again until they are there. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let left = 100; left > 0; left -= 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Nothing came of it: ${ask.toString().slice(0, 200)}`);
}

/** The sheet on which the open record now waits is signed by section chief and head, each at his own desk. */
export async function haveSigned(desk: Desk, look?: string): Promise<void> {
  const waiting = desk.record();
  const sheet = await desk.page.getByRole('link', { name: '查看审批表' }).getAttribute('href');
  for (const person of [chief, head]) {
    const signer = await office.at(person);
    await signer.visit(sheet!);
    await signer.write('意见', '同意。');
    if (look !== undefined && person === chief) await signer.examine(look);
    await signer.press('同意');
    const opinions = signer.page.locator('.signing blockquote').filter({ hasText: '同意。' });
    await opinions.nth(person === chief ? 0 : 1).waitFor();
  }
  await desk.visit(`/console/record/${waiting}`);
}
