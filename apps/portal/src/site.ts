import { type Counts, readBulletin } from './bodies/bulletin.ts';
import { type Draw, readDraw } from './bodies/draw.ts';
import { drawKind } from './kinds.ts';
import { isAbsence, type PortalOptions, type PublicEntry, type PublicEntryWithBody } from './public-record.ts';

/** What lists tell of a draw. */
export type DrawOutline = Pick<Draw, 'draw' | 'stage' | 'sizes' | 'productName' | 'commitment'>;

/** What pages are made from. */
export interface Site extends Pick<PortalOptions, 'reader' | 'log' | 'regionName'> {
  /** Undefined when there is no such entry. */
  findEntry(id: string): Promise<PublicEntryWithBody | undefined>;
  /** The answer of a public query; nothing found where the reader cannot ask. */
  ask(query: string, input: Record<string, unknown>): Promise<unknown>;
  countsOf(entry: PublicEntry): Promise<Counts | undefined>;
  outlineOf(entry: PublicEntry): Promise<DrawOutline | undefined>;
  /** The latest stage of the draw with this identifier. */
  findDraw(draw: string): Promise<PublicEntry | undefined>;
}

/** So many outlines are kept at most; each is a few hundred bytes. */
const kept = 2_000;
/** So many of the latest stages are looked through for a draw that is asked for by its own number. */
const searched = 200;

/** Keeps what was computed from a body. The body of an entry never changes once it is published, only its standing does. */
function remember<T>(compute: (entry: PublicEntry) => Promise<T>): (entry: PublicEntry) => Promise<T> {
  const known = new Map<string, T>();
  return async (entry) => {
    const held = known.get(entry.id);
    if (held !== undefined) return held;
    const value = await compute(entry);
    if (known.size >= kept) known.delete(known.keys().next().value ?? '');
    known.set(entry.id, value);
    return value;
  };
}

const entryIdentifier = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function createSite({ reader, log, regionName }: PortalOptions): Site {
  const findEntry = async (id: string): Promise<PublicEntryWithBody | undefined> => {
    if (!entryIdentifier.test(id)) return undefined;
    try {
      return await reader.entry(id);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  };
  const outlineOf = remember(async ({ id }): Promise<DrawOutline | undefined> => {
    const draw = readDraw((await findEntry(id))?.body);
    return (
      draw && {
        draw: draw.draw,
        stage: draw.stage,
        sizes: draw.sizes,
        productName: draw.productName,
        commitment: draw.commitment,
      }
    );
  });
  return {
    reader,
    log,
    regionName,
    findEntry,
    ask: async (query, input) => (await reader.ask?.(query, input)) ?? [],
    countsOf: remember(async ({ id }) => readBulletin((await findEntry(id))?.body)?.counts),
    outlineOf,
    async findDraw(draw) {
      if (!entryIdentifier.test(draw)) return undefined;
      for (const entry of await reader.list({ kind: drawKind, limit: searched }))
        if (entry.replacedBy === null && (await outlineOf(entry))?.draw === draw) return entry;
      return undefined;
    },
  };
}
