import { createCalendar } from '@hengjian/calendar';
import { findTool, textIn, wayOf, work } from './src/index.ts';

const context = { calendar: createCalendar([]) };

/** What a page does with the address /workbench/TOOL?by=WAY&… */
function ask(address: string): void {
  const url = new URL(address, 'https://example.cn');
  const written = Object.fromEntries(url.searchParams);
  const way = wayOf(findTool(url.pathname.slice(1))!, written.by);
  const outcome = work(way, written, context);
  if (outcome.state === 'answered') console.log(textIn('en', outcome.answer.headline));
  if (outcome.state === 'refused') for (const { field, en } of outcome.problems) console.log(field, en);
}

ask('plan?by=lot&lot=1200&aql=1');
ask('plan?by=lot&lot=many');
ask('judge?limit=≤0.20 mg/kg&result=0.205');
ask('check?kind=credit-code&text=914403O01922038216');
