import { type Act, on, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import type { z } from 'zod';
import {
  Confirmation,
  Left,
  PublicNotice,
  Return,
  type Served,
  Service,
  type ServiceWithConfirmation,
} from './fields.ts';
import {
  clauses,
  publicNoticeRule,
  refuseReturn,
  refuseReturnUnless,
  refuseService,
  servedByPublicNotice,
} from './rules.ts';

type ServedRow = Served & { id: string; office: string; state: string };
type Reached<Row> = Partial<Row> & { to?: string };

/** The paper that is served, as the lifecycle that made it knows it. */
export interface ServedPaper<Row extends ServedRow> {
  by: readonly string[];
  /** The states: as made, come back, public notice running, served (several when `reached` decides). */
  made: string;
  returned: string;
  publicised: string;
  served: string | readonly string[];
  /** Clause of serving it at all; the ways cite their own. */
  basis: string;
  /** The form of service: with the means, or with the day on which the address was confirmed. */
  form: typeof Service | typeof ServiceWithConfirmation;
  issuedOn: (row: Row, act: Act) => string | Promise<string>;
  /** What the paper is called where the public reads that it waits. */
  name: (row: Row) => string;
  addressee: (row: Row) => { name: string; code?: string | null | undefined };
  /** What follows once it is served; the row has way and day already. */
  reached: (row: Row & { servedOn: string }, act: Act) => Reached<Row> | Promise<Reached<Row>>;
}

/** Steps that end in service by themselves: they stop a clock for serving, together with `publicise`. */
export const servingSteps = ['serve', 'leaveFilmed', 'deemServed'] as const;
/** Steps on which a term that runs from service begins. */
export const reachingSteps = [...servingSteps, 'servePublicly'] as const;

/** The clock of a public notice, for a lifecycle with the step `servePublicly`; `stops` are the lifecycle's own. */
export const publicNoticeClock = (...stops: string[]) => ({
  label: { zh: '公告期', en: 'Public notice' },
  rule: publicNoticeRule,
  starts: { at: ['publicise'], on: 'publicisedOn' },
  stops: ['servePublicly', ...stops],
  onExpiry: 'servePublicly',
});

/**
 * The ways by which a paper reaches its addressee, as steps of the lifecycle that made it (order 2 arts 81–83). Each way needs its proof;
 * mail that came back counts where the address was confirmed, else the next way is taken; a public notice runs thirty days.
 */
export function serviceSteps<Row extends ServedRow>(paper: ServedPaper<Row>) {
  const { by, made, returned, publicised, served, reached } = paper;
  const waiting = [made, returned];
  const known = async (row: Row, act: Act) => ({ issuedOn: await paper.issuedOn(row, act), today: act.occurredOn });
  return {
    confirmAddress: on({
      label: { zh: '登记送达地址确认书', en: 'Record the confirmation of address' },
      from: waiting,
      to: 'same',
      by,
      aside: true,
      basis: clauses.confirmedAddress,
      input: Confirmation,
      needs: ['addressConfirmation'],
      check: (_row: Row, input: z.infer<typeof Confirmation>, act: Act): true | Refusal =>
        input.addressConfirmedOn <= act.occurredOn ||
        refuse(
          'confirmed-in-future',
          '确认日期不能晚于今天。',
          'It cannot have been confirmed in the future.',
          'addressConfirmedOn',
        ),
    }),
    serve: on({
      label: { zh: '登记送达', en: 'Record service' },
      from: waiting,
      to: served,
      by,
      basis: paper.basis,
      input: paper.form as typeof Service,
      needs: ['receipt'],
      check: async (row: Row, input: z.infer<typeof Service>, act: Act): Promise<true | Refusal> => {
        const told = (input as z.infer<typeof ServiceWithConfirmation>).addressConfirmedOn;
        const verdict = refuseService(input, {
          ...(await known(row, act)),
          confirmedOn: told ?? row.addressConfirmedOn,
        });
        if (verdict !== true || paper.form !== Service || input.way !== 'electronic' || input.means) return verdict;
        return refuse('means-missing', '请填写电子送达的方式和号码。', 'Say by which means and number.', 'means');
      },
      run: (row: Row, input: z.infer<typeof Service>, act: Act) => reached({ ...row, ...input }, act),
    }),
    leaveFilmed: on({
      label: { zh: '登记留置送达（拍照、录像）', en: 'Left at the place, filmed' },
      from: waiting,
      to: served,
      by,
      aside: true,
      basis: clauses.leftFilmed,
      input: Left,
      needs: ['receipt', 'filming'],
      check: async (row: Row, input: z.infer<typeof Left>, act: Act): Promise<true | Refusal> =>
        refuseService({ way: 'left', servedOn: input.servedOn }, { ...(await known(row, act)), filmed: true }),
      run: async (row: Row, input: z.infer<typeof Left>, act: Act): Promise<Reached<Row>> => ({
        ...(await reached({ ...row, ...input }, act)),
        way: 'left',
      }),
    }),
    returnMail: on({
      label: { zh: '登记邮件退回', en: 'Mail came back' },
      from: made,
      to: returned,
      by,
      aside: true,
      basis: clauses.returned,
      input: Return,
      needs: ['returnedMail'],
      when: (row: Row) => refuseReturnUnless(false, row.addressConfirmedOn),
      check: async (row: Row, input: z.infer<typeof Return>, act: Act): Promise<true | Refusal> =>
        refuseReturn(input.returnedOn, await known(row, act)),
    }),
    deemServed: on({
      label: { zh: '按确认地址退回，视为送达', en: 'Came back from the confirmed address: served' },
      from: made,
      to: served,
      by,
      aside: true,
      basis: clauses.deemedServed,
      input: Return,
      needs: ['returnedMail', 'addressConfirmation'],
      when: (row: Row) => refuseReturnUnless(true, row.addressConfirmedOn),
      check: async (row: Row, input: z.infer<typeof Return>, act: Act): Promise<true | Refusal> =>
        refuseReturn(input.returnedOn, await known(row, act)),
      run: async (row: Row, input: z.infer<typeof Return>, act: Act): Promise<Reached<Row>> => {
        const day = { way: 'mail' as const, servedOn: input.returnedOn };
        return { ...(await reached({ ...row, ...day }, act)), ...day };
      },
    }),
    publicise: on({
      label: { zh: '公告送达', en: 'Serve by public notice' },
      from: waiting,
      to: publicised,
      by,
      aside: true,
      basis: clauses.publicNotice,
      input: PublicNotice,
      needs: ['posting'],
      run: async (row: Row, _input: unknown, act: Act): Promise<Partial<Row>> =>
        ({
          entry: await publishNotice(paper.addressee(row), paper.name(row), row.office, act),
          publicisedOn: act.occurredOn,
          way: 'public-notice',
        }) as Partial<Row>,
    }),
    servePublicly: on({
      label: { zh: '公告期满视为送达', en: 'Deemed served' },
      from: publicised,
      to: served,
      by: ['system'],
      basis: clauses.publicNotice,
      // The day is the one on which the thirty days ended, whenever the machine gets to it.
      run: async (row: Row, _input: unknown, act: Act): Promise<Reached<Row>> => {
        const day = { servedOn: servedByPublicNotice(row.publicisedOn!, act.calendar) };
        return { ...(await reached({ ...row, ...day }, act)), ...day };
      },
    }),
  };
}

/** The notice says that a paper waits to be fetched; it does not say what the paper finds (practice W4). */
function publishNotice(
  { name, code }: { name: string; code?: string | null | undefined },
  paper: string,
  at: string,
  act: Act,
): Promise<string> {
  const office = authorityOf(act.offices, at);
  return act.publish({
    kind: 'service-by-notice',
    title: { zh: `送达公告：${name}`, en: `Service by notice: ${name}` },
    region: office.region,
    subjects: code ? [code] : [],
    body: {
      addressee: name,
      paper,
      fetchAt: office.label.zh,
      publicisedOn: act.occurredOn,
      servedOn: servedByPublicNotice(act.occurredOn, act.calendar),
    },
    words: [name],
  });
}

/** A paper that fell while its public notice ran is no longer waited for: the notice is withdrawn with the reason. */
export async function withdrawPublicNotice(row: Served, running: boolean, reason: string, act: Act): Promise<void> {
  if (row.entry && running) await act.withdraw(row.entry, reason);
}
