import { holdersOf } from '@hengjian/subjects';
import type { FastifyInstance } from 'fastify';
import { pinyin } from 'pinyin-pro';
import { z } from 'zod';
import { findIndustry, industries } from '../../../../data/industries/index.ts';
import { findProduct, products } from '../../../../data/products/index.ts';
import { ancestors, findRegion, type Region, regions } from '../../../../data/regions/index.ts';
import { findPeople, peopleInput } from '../people/find-people.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

/** A code of a national or platform list, as a form offers it. */
interface Coded {
  code: string;
  zh: string;
  en: string;
  /** Where it belongs: 湖南省 · 长沙市. */
  within: string;
  /** Whether something lies below it. */
  more: boolean;
}

interface CodeList {
  find: (code: string) => Coded | undefined;
  /** What lies directly below a code, or at the top; `near` is the beginning of the code of the reader's own region. */
  below: (parent: string, near: string) => Coded[];
  /** What is found by a typed word, the best first. */
  search: (word: string, near: string) => Coded[];
}

const most = 40;

const initialsKept = new Map<string, string>();
/** First letters of the pinyin of a name; kept, because the lists never change while the process runs. */
function initialsOf(name: string): string {
  const known = initialsKept.get(name);
  if (known !== undefined) return known;
  const made = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase();
  initialsKept.set(name, made);
  return made;
}

/** Exact codes first, then names that begin with the word, then the rest in the order of the list. */
function ranked<T>(all: readonly T[], rank: (one: T) => number): T[] {
  return all
    .map((one, place) => ({ one, place, rank: rank(one) }))
    .filter((found) => found.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, most)
    .map(({ one }) => one);
}

const regionView = (region: Region): Coded => ({
  code: region.code,
  zh: region.name,
  en: region.name,
  within: ancestors(region.code)
    .map(({ name }) => name)
    .join(' · '),
  more: region.level !== 'township',
});

const regionList: CodeList = {
  find: (code) => {
    const region = findRegion(code);
    return region && regionView(region);
  },
  below: (parent, near) => {
    const own = parent === '' && near !== '' ? findRegion(near) : undefined;
    const below = regions().filter((region) => region.parent === (parent === '' ? null : parent) && region !== own);
    const cities = own === undefined ? [] : regions().filter((region) => region.parent === own.code);
    return [...(own === undefined ? [] : [own]), ...cities, ...below].map(regionView);
  },
  search: (word, near) =>
    ranked(regions(), ({ code, name, initials, level }) => {
      const home = near !== '' && code.startsWith(near) ? 0 : 1;
      const depth = level === 'township' ? 2 : 0;
      if (code === word) return 0;
      if (name === word) return 1 + home;
      if (name.startsWith(word) || code.startsWith(word)) return 2 + home + depth;
      if (initials.startsWith(word)) return 3 + home + depth;
      return name.includes(word) ? 4 + home + depth : 9;
    }).map(regionView),
};

const productView = ({ code, zh, en, licence }: ReturnType<typeof products>[number]): Coded => ({
  code,
  zh,
  en,
  within: licence ?? '',
  more: false,
});
const productList: CodeList = {
  find: (code) => {
    const product = findProduct(code);
    return product && productView(product);
  },
  below: () => products().map(productView),
  search: (word) =>
    ranked(products(), ({ code, zh, en }) => {
      if (code.toLowerCase() === word) return 0;
      if (zh.startsWith(word) || code.toLowerCase().startsWith(word)) return 1;
      if (initialsOf(zh).startsWith(word)) return 2;
      return zh.includes(word) || en.toLowerCase().includes(word) ? 3 : 9;
    }).map(productView),
};

const industryView = ({ code, name, parent }: ReturnType<typeof industries>[number]): Coded => ({
  code,
  zh: name,
  en: name,
  within: parent === null ? '' : (findIndustry(parent)?.name ?? ''),
  more: code.length < 4,
});
const industryList: CodeList = {
  find: (code) => {
    const industry = findIndustry(code);
    return industry && industryView(industry);
  },
  below: (parent) =>
    industries()
      .filter((industry) => industry.parent === (parent === '' ? null : parent))
      .map(industryView),
  search: (word) =>
    ranked(industries(), ({ code, name, level }) => {
      if (code.toLowerCase() === word) return 0;
      if (name.startsWith(word) || code.startsWith(word)) return level === 'class' ? 1 : 2;
      if (initialsOf(name).startsWith(word)) return level === 'class' ? 3 : 4;
      return name.includes(word) ? 5 : 9;
    }).map(industryView),
};

const lists = { regions: regionList, products: productList, industries: industryList };

const codesInput = z.object({
  q: z.string().max(40).default(''),
  /** What lies directly below this code; empty for the top. */
  parent: z.string().max(12).default(''),
  /** These codes by themselves, to name what a record holds. */
  codes: z
    .string()
    .max(20_000)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.string().max(12)).max(1_000))
    .optional(),
});

/** What a form offers to choose from: people in their posts, and the codes of regions, product classes and industries. */
export function choiceRoutes(app: FastifyInstance, { platform, actor }: Server): void {
  app.get('/api/people', async (request) => {
    const who = await actor(request);
    return { people: await findPeople(platform, who, parse(peopleInput, request.query)) };
  });
  // An organisation is found by its credit code wherever it is: the code is public, and whoever gives authority to act for a
  // firm has its letter in hand, but need not be able to read the register.
  app.get('/api/organisations', async (request) => {
    const who = await actor(request);
    const { code } = parse(z.object({ code: z.string().regex(/^[0-9A-Z]{18}$/) }), request.query);
    const found = await platform.database.transaction('hengjian_app', who.claim, (sql) => holdersOf(sql, [code]));
    return { organisations: found.map(({ id, name }) => ({ id, name })) };
  });
  for (const [name, list] of Object.entries(lists))
    app.get(`/api/codes/${name}`, async (request) => {
      const who = await actor(request);
      const { q, parent, codes } = parse(codesInput, request.query);
      if (codes !== undefined) return { codes: codes.map(list.find).filter((found) => found !== undefined) };
      const word = q.trim().toLowerCase();
      const near = (who.office === null ? '' : (platform.offices.get(who.office)?.region ?? '')).slice(0, 2);
      return { codes: word === '' ? list.below(parent, near).slice(0, 500) : list.search(word, near) };
    });
}
