import type { View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { code, facts, section } from '../pieces.ts';
import { isAbsence, type LogHead, type PublicEntryWithBody } from '../public-record.ts';
import type { Site } from '../site.ts';

/** The signed head of the log, or undefined while the log is empty. */
export async function findHead(site: Site): Promise<LogHead | undefined> {
  try {
    return await site.log.head();
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** By which event an entry became public, where that event stands in the log, and how anybody checks it. */
export async function proofPanel(site: Site, view: View, entry: PublicEntryWithBody): Promise<Markup> {
  const { say } = view;
  const head = await findHead(site);
  const place = entry.sealed ?? null;
  const sealed = head !== undefined && place !== null && place < head.size;
  return section(
    'proof',
    say('留痕', 'Trace'),
    html`<div class="panel">${facts([
      [say('公开记录编号', 'Entry'), code(entry.id)],
      [say('发布事件', 'Event of publication'), entry.event && code(entry.event)],
      [
        say('日志中的位置', 'Place in the log'),
        sealed &&
          html`${say(`第 ${place} 条`, `entry ${place}`)} · <a href="/log?leaf=${place}#inclusion">${say('核对', 'check it')}</a>`,
      ],
      [say('日志现有', 'The log now holds'), head && say(`${head.size} 条`, `${head.size} entries`)],
    ])}
<p class="small">${say('发布、更正和撤回都是一次操作，写入只增不改的公开日志。日志只存加盐的哈希，不含内容；谁要改动或删去一条，日志的根哈希就会不同。', 'To publish, correct or withdraw is an act, and every act enters a log that only grows. The log holds salted hashes and no content; whoever changed or removed an entry would change its root.')} <a href="/log">${say('核对日志', 'Check the log')}</a></p></div>`,
  );
}
