import type { Act } from '@hengjian/kernel';
import type { servedPapers } from './entity.ts';

/** Opens the service of a paper that was just decided, in the same transaction. */
export async function prepareService(
  paper: keyof typeof servedPapers,
  to: {
    organisation: string;
    name: string;
    code?: string | null | undefined;
    address: string;
    number?: string | null | undefined;
  },
  about: { application?: string; licence?: string; decidedOn: string },
  act: Act,
): Promise<void> {
  await act.create('licensing.service', 'prepare', {
    paper,
    application: about.application ?? null,
    licence: about.licence ?? null,
    organisation: to.organisation,
    addresseeName: to.name,
    addresseeCode: to.code ?? null,
    number: to.number ?? null,
    address: to.address,
    decidedOn: about.decidedOn,
  });
}
