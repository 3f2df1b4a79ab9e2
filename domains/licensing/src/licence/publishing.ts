import { maskPersonalName } from '@hengjian/identifiers';
import { type Act, disclose } from '@hengjian/kernel';
import { kindOf } from '../kinds/catalogue.ts';
import { exitChoices, Licence, type LicenceRow } from './entity.ts';

/** Kind of the public entry of a licence: its grant, every change and its end. */
export const LICENCE_ENTRY = 'licence';

/** The holder as everybody reads him: a firm by its name, a person masked. */
export const publicHolder = (row: Pick<LicenceRow, 'kind' | 'holderName'>): string =>
  kindOf(row).subject === 'person' ? maskPersonalName(row.holderName) : row.holderName;

/** What everybody reads of a licence. Refusals and persons are not among it (practice W14). */
export function publicLicence(row: LicenceRow, status: string): Record<string, unknown> {
  const kind = kindOf(row);
  const person = kind.subject === 'person';
  return {
    ...disclose(Licence as unknown as Parameters<typeof disclose>[0], { ...row }, [
      ...kind.public.withhold,
      ...(person ? ['address'] : []),
    ]),
    kindName: { zh: kind.zh, en: kind.en },
    holder: publicHolder(row),
    productNames: kind.products
      .filter(({ code }) => row.products.includes(code))
      .map(({ code, zh, en }) => ({ code, zh, en })),
    status,
    basis: kind.public.basis,
  };
}

/** Replaces the public entry of a licence by its present standing, or makes the first. */
export async function publishStanding(row: LicenceRow, status: string, act: Act): Promise<{ entry: string }> {
  const kind = kindOf(row);
  const holder = publicHolder(row);
  const entry = await act.publish({
    kind: LICENCE_ENTRY,
    title: { zh: `${kind.zh}：${holder}`, en: `${kind.en}: ${holder}` },
    region: row.region,
    subjects: row.holderCode ? [row.holderCode] : [],
    words: [row.number, ...(kind.subject === 'person' ? [row.employer ?? ''] : [row.holderName])].filter(Boolean),
    body: publicLicence(row, status),
    ...(row.entry ? { replaces: row.entry } : {}),
  });
  if (row.entry) await act.withdraw(row.entry, row.exit ? exitChoices[row.exit].zh : '证书内容更新', entry);
  return { entry };
}
