import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Counterpart, getMessage } from '../counterpart/index.ts';
import { contractFaults } from '../counterpart/mapping.ts';
import { columnsOf, readTable, writeTable } from '../package/table.ts';
import { type Answer, contract, type ListedItem, type SentItem } from '../port/contract.ts';

interface Kept {
  item: SentItem;
  answer: Answer;
  day: string;
}

/** A national system as far as a test needs one: it keeps the agreed contract and refuses what does not, in words of its own. */
export interface FakeCounterpart {
  url: string;
  token: string;
  /** Items by their key, as it holds them. */
  held: Map<string, Kept>;
  /** How often an item was handed over, by key. */
  asked: Map<string, number>;
  /** What the next calls answer instead: an HTTP status, or no answer at all. */
  stumble(...how: (number | 'silent')[]): void;
  /** Decides later about what comes from now on, until `decide`. */
  ponder(): void;
  decide(): void;
  /** Failures that it assigns to us. */
  assign(...items: Record<string, string>[]): void;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine. `today` is the day on which it receives things. */
export async function openFake(counterpart: Counterpart, today: () => string): Promise<FakeCounterpart> {
  const token = 'fake-token';
  const held = new Map<string, Kept>();
  const asked = new Map<string, number>();
  const assigned: Record<string, string>[] = [];
  let next: (number | 'silent')[] = [];
  let pondering = false;
  const server = createServer(async (request, response) => {
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const how = next.shift();
    if (how === 'silent') return;
    if (how !== undefined) return say(how, { error: how });
    if (request.headers.authorization !== `Bearer ${token}`) return say(401, { error: 'token' });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const key = decodeURIComponent(/^\/items\/(.+)$/.exec(pathname)?.[1] ?? '');
    if (request.method === 'PUT' && key !== '') {
      asked.set(key, (asked.get(key) ?? 0) + 1);
      const known = held.get(key);
      if (known !== undefined) return say(200, known.answer);
      const parsed = contract.item.safeParse(await bodyOf(request));
      if (!parsed.success || request.headers['idempotency-key'] !== key || parsed.data.key !== key)
        return say(400, { error: 'contract' });
      const answer = judge(counterpart, parsed.data, held.size + 1);
      held.set(key, { item: parsed.data, answer: pondering ? { state: 'received' } : answer, day: today() });
      return say(pondering ? 202 : 200, held.get(key)!.answer);
    }
    if (key !== '') return held.has(key) ? say(200, held.get(key)!.answer) : say(404, {});
    if (pathname === '/assigned') return say(200, { items: assigned });
    const [since, until] = [searchParams.get('since') ?? '', searchParams.get('until') ?? ''];
    say(200, { items: listOf([...held.values()].filter(({ day }) => day >= since && day <= until)) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    held,
    asked,
    stumble: (...answers) => {
      next = [...next, ...answers];
    },
    ponder: () => {
      pondering = true;
    },
    decide: () => {
      pondering = false;
      let serial = 0;
      for (const kept of held.values()) {
        serial += 1;
        if (kept.answer.state === 'received') kept.answer = judge(counterpart, kept.item, serial);
      }
    },
    assign: (...items) => {
      assigned.push(...items);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

/** Accepts what keeps the contract of its message; firms whose name ends in 查无 are unknown to it. */
function judge(counterpart: Counterpart, item: Pick<SentItem, 'message' | 'values'>, serial: number): Answer {
  const [fault] = contractFaults(getMessage(counterpart, item.message), item.values);
  if (fault !== undefined) return { state: 'rejected', code: `E-${fault.code}`, reason: fault.zh };
  if (item.values.FIRM_NAME?.endsWith('查无'))
    return { state: 'rejected', code: 'E-firm', reason: '被抽样单位在主体库中查无此单位。' };
  return {
    state: 'accepted',
    foreignNumber: `GJ${counterpart.system.slice(0, 2).toUpperCase()}${String(serial).padStart(8, '0')}`,
  };
}

const listOf = (kept: readonly Kept[]): ListedItem[] =>
  kept.flatMap(({ item: { key, message, values }, answer }) =>
    answer.state === 'accepted' ? [{ key, message, foreignNumber: answer.foreignNumber, values }] : [],
  );

/** What the counterpart makes of a package file: the receipt that it offers for download. */
export async function fakeReceipt(
  counterpart: Counterpart,
  message: string,
  content: Uint8Array,
  format: 'csv' | 'xlsx' = 'csv',
): Promise<Buffer> {
  const { headings, rows } = await readTable(content, format);
  const names = getMessage(counterpart, message).fields.map(({ name }) => name);
  const at = columnsOf(headings, Object.fromEntries(['KEY', ...names].map((name) => [name, [name]])));
  const { columns, accepted, rejected } = counterpart.receipt;
  const lines = rows.map(({ cells }, index) => {
    const values = Object.fromEntries(
      names.flatMap((name) => (cells[at[name]!] ? [[name, cells[at[name]!]!] as const] : [])),
    );
    const answer = judge(counterpart, { message, values }, index + 1);
    const key = cells[at.KEY!] ?? '';
    return answer.state === 'accepted'
      ? [key, accepted[0]!, answer.foreignNumber, '', '']
      : [
          key,
          rejected[0]!,
          '',
          answer.state === 'rejected' ? (answer.code ?? '') : '',
          answer.state === 'rejected' ? answer.reason : '',
        ];
  });
  const order = ['key', 'outcome', 'foreignNumber', 'code', 'reason'] as const;
  return writeTable(
    order.map((name) => columns[name][0]!),
    lines,
    format,
  );
}
