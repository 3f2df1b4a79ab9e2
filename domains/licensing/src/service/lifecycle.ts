import {
  publicNoticeClock,
  Service,
  serviceClauses,
  serviceDocuments,
  serviceSteps,
  servingSteps,
} from '@hengjian/correspondence';
import { type Act, type Lifecycle, lifecycle, on } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, licenceLaw, o16, readers } from '../clauses.ts';
import { PaperService, type PaperServiceRow, servedPapers } from './entity.ts';

const { shape } = PaperService;
const Prepared = z.strictObject({
  paper: shape.paper,
  application: shape.application,
  licence: shape.licence,
  organisation: shape.organisation,
  addresseeName: shape.addresseeName,
  addresseeCode: shape.addresseeCode,
  number: shape.number,
  address: shape.address,
  decidedOn: shape.decidedOn,
});

/** An application ends when its paper has reached the applicant; a decision about a licence stands where it was made. */
async function reached(row: PaperServiceRow & { servedOn: string }, act: Act): Promise<Partial<PaperServiceRow>> {
  if (!row.application || (row.paper !== 'certificate' && row.paper !== 'refusal')) return {};
  const action = row.paper === 'certificate' ? 'deliver' : 'tellRefusal';
  const delivery = row.publicisedOn ? 'public-notice' : (row.way ?? 'left');
  await act.perform('licensing.application', row.application, action, { delivery, deliveredOn: row.servedOn });
  return {};
}

/** 许可文书送达: prepared with the decision, served in one of five ways (order 16 art. 62, order 2 arts 82, 83). */
export const paperServiceLifecycle: Lifecycle = lifecycle(PaperService, {
  editions: [edition],
  states: {
    prepared: { zh: '待送达', en: 'To be served' },
    returned: { zh: '邮件退回', en: 'Came back' },
    publicised: { zh: '公告送达中', en: 'Public notice running' },
    served: { zh: '已送达', en: 'Served', closed: true },
  },
  readers,
  columns: ['paper', 'addresseeName', 'decidedOn', 'way', 'servedOn'],
  documents: { ...serviceDocuments },
  parties: {
    addressee: {
      label: { zh: '受送达人', en: 'Addressee' },
      of: (row) => [`org:${row.organisation}`, `person:${row.organisation}`],
      sees: ['paper', 'application', 'licence', 'addresseeName', 'number', 'address', 'decidedOn', 'way', 'servedOn'],
      from: 'prepared',
    },
  },
  actions: {
    prepare: on({
      label: { zh: '制作送达', en: 'Prepare' },
      from: null,
      to: 'prepared',
      by: ['system'],
      basis: o16('第三十五条、第六十二条'),
      input: Prepared,
    }),
    ...serviceSteps<PaperServiceRow>({
      by: ['licence-window'],
      made: 'prepared',
      returned: 'returned',
      publicised: 'publicised',
      served: 'served',
      basis: `${o16('第三十五条、第六十二条')}；${serviceClauses.ways}`,
      form: Service,
      issuedOn: (row) => row.decidedOn,
      name: (row) => servedPapers[row.paper].zh,
      addressee: (row) => ({ name: row.addresseeName, code: row.addresseeCode }),
      reached,
    }),
  },
  clocks: {
    service: {
      label: { zh: '送达期限', en: 'Time for service' },
      rule: { kind: 'within', unit: 'working-day', amount: 10, basis: licenceLaw('第四十四条') },
      starts: { at: ['prepare'], on: 'decidedOn' },
      stops: [...servingSteps, 'publicise'],
    },
    publicNotice: publicNoticeClock(),
  },
});
