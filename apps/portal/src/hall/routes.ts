import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { View } from '../language.ts';
import { html } from '../markup.ts';
import type { Page } from '../page.ts';
import { missingPage } from '../pages/failure.ts';
import { notice } from '../pieces.ts';
import type {
  ApplicationShown,
  FreeSlot,
  KindInFull,
  KindOutline,
  Matters,
  Outcome,
  PublicLicence,
} from './answers.ts';
import { applicationPage, appointmentsPage, plainSteps } from './application.ts';
import { isFromHere, readForm, type SentForm } from './forms.ts';
import { guidePage, kindPage, signInLine } from './guide.ts';
import { type CertifiedPersons, personsPage } from './persons.ts';
import type { HallPort, HallRefusal } from './port.ts';
import { licencePage, resultsPage } from './results.ts';

interface Showing {
  baseUrl: string;
  looking(request: FastifyRequest): View;
  show(view: View, reply: FastifyReply, page: Page): FastifyReply;
}
type Asked = FastifyRequest<{ Params: Record<string, string> }>;

/** Puts what was refused on top of the page from which it was asked. */
const withRefusal = (view: View, page: Page, { zh, en }: HallRefusal): Page => ({
  ...page,
  status: 422,
  body: html`<div role="alert">${notice('act', view.say(zh, en))}</div>${page.body}`,
});

/** The service hall: what do I need, apply, correct, follow, book, evaluate; and the results for everybody. */
export function hallRoutes(app: FastifyInstance, hall: HallPort, { baseUrl, looking, show }: Showing): void {
  const mattersOf = (request: FastifyRequest) => hall.ask<Matters>(request, 'licensing.hall', {});
  const kindsOf = () => hall.ask<KindOutline[]>(null, 'licensing.kinds', {});

  const hallPage = async (request: FastifyRequest, view: View): Promise<Page> => {
    const visitor = await hall.who(request);
    const matters = visitor?.organisation == null ? null : await mattersOf(request);
    return guidePage(view, await kindsOf(), visitor, matters);
  };
  const kindOf = async (request: Asked, view: View): Promise<Page> => {
    const kind = await hall.ask<KindInFull | null>(null, 'licensing.kind', { kind: request.params.kind });
    if (kind === null) return missingPage(view);
    const visitor = await hall.who(request);
    return kindPage(view, kind, visitor, visitor?.organisation == null ? null : await mattersOf(request));
  };
  const applicationOf = async (request: Asked, view: View): Promise<Page> => {
    if ((await hall.who(request)) === null) return signInPage(view);
    const application = request.params.id ?? '';
    if (!/^[0-9a-f-]{36}$/.test(application)) return missingPage(view);
    const shown = await hall.ask<ApplicationShown | null>(request, 'licensing.application', { application });
    return shown === null ? missingPage(view) : applicationPage(view, shown);
  };
  const slotsOf = async (request: FastifyRequest, view: View): Promise<Page> => {
    const visitor = await hall.who(request);
    if (visitor === null) return signInPage(view);
    const slots = await hall.ask<FreeSlot[]>(request, 'licensing.free-slots', {});
    return appointmentsPage(view, slots, visitor.organisation !== null);
  };
  const results = async (view: View, asked: { outcome: Outcome | null } | null): Promise<Page> => {
    const { q, kind } = view.query;
    const wanted = { ...(q ? { words: q.slice(0, 100) } : {}), ...(kind ? { kind } : {}) };
    const kinds = await kindsOf();
    const known = kind === undefined || kind === '' || kinds.some(({ code }) => code === kind);
    const found =
      !known || Object.keys(wanted).length === 0
        ? null
        : await hall.ask<PublicLicence[]>(null, 'licensing.results', wanted);
    return resultsPage(view, kinds, found, asked);
  };

  const page = (path: string, make: (request: Asked, view: View) => Promise<Page>): void => {
    app.get<{ Params: Record<string, string> }>(path, async (request, reply) => {
      const view = looking(request);
      try {
        return show(view, reply, await make(request, view));
      } catch (error) {
        const refusal = hall.refusalOf(error);
        if (refusal === undefined) throw error;
        return show(view, reply, withRefusal(view, emptyPage(view), refusal));
      }
    });
  };
  page('/hall', hallPage);
  page('/hall/kinds/:kind', kindOf);
  page('/hall/applications/:id', applicationOf);
  page('/hall/appointments', slotsOf);
  page('/licences', (_request, view) => results(view, null));
  // Where an answer was shown that is not kept: the language can be changed there, and asks again.
  page('/licences/outcome', (_request, view) => results(view, null));
  page('/licences/persons', async (_request, view) => {
    const { q, class: wanted } = view.query;
    const asked = { ...(q ? { words: q.slice(0, 100) } : {}), ...(wanted ? { class: wanted.slice(0, 20) } : {}) };
    return personsPage(view, await hall.ask<CertifiedPersons>(null, 'licensing.persons', asked));
  });
  page('/licences/:id', async (request, view) => {
    const licence = request.params.id ?? '';
    if (!/^[0-9a-f-]{36}$/.test(licence)) return missingPage(view);
    const history = await hall.ask<PublicLicence[]>(null, 'licensing.history', { licence });
    return licencePage(view, history) ?? missingPage(view);
  });

  /** A form: what it does gives the address to go to; a refusal is shown on the page that it came from. */
  const form = (
    path: string,
    act: (request: Asked, sent: SentForm) => Promise<string>,
    again: (request: Asked, view: View) => Promise<Page>,
  ): void => {
    app.post<{ Params: Record<string, string> }>(path, async (request, reply) => {
      const view = looking(request);
      if (!isFromHere(request, baseUrl)) return show(view, reply, { ...missingPage(view), status: 403 });
      if ((await hall.who(request)) === null) return show(view, reply, signInPage(view));
      try {
        return await reply.redirect(await act(request, await readForm(request)), 303);
      } catch (error) {
        const refusal = hall.refusalOf(error);
        if (refusal === undefined) throw error;
        return show(view, reply, withRefusal(view, await again(request, view), refusal));
      }
    });
  };
  const accountOf = async (request: FastifyRequest): Promise<string> => {
    const { account } = await mattersOf(request);
    if (account === null) throw Object.assign(new Error('no account'), { status: 404, statusCode: 404 });
    return account.id;
  };
  form(
    '/hall/kinds/:kind/begin',
    async (request, sent) => {
      const input = {
        kind: request.params.kind,
        purpose: sent.one('purpose') ?? 'new',
        track: sent.one('track') ?? 'ordinary',
        products: sent.all('products'),
        region: sent.one('region') ?? '',
        address: sent.one('address') ?? '',
        ...Object.fromEntries(['licence', 'changeOf', 'changedOn'].map((name) => [name, sent.one(name) ?? null])),
      };
      const record = await accountOf(request);
      const { created } = await hall.act(request, { entity: 'licensing.account', action: 'begin', record, input });
      return `/hall/applications/${created[0]}`;
    },
    kindOf,
  );
  form(
    '/hall/appointments',
    async (request, sent) => {
      const [office, day, time] = (sent.one('slot') ?? '').split('|');
      const input = { office, day, time, matter: sent.one('matter') ?? '' };
      await hall.act(request, { entity: 'licensing.account', action: 'book', record: await accountOf(request), input });
      return '/hall';
    },
    slotsOf,
  );
  form(
    '/hall/appointments/:id/cancel',
    async (request) => {
      const record = request.params.id!;
      await hall.act(request, { entity: 'licensing.appointment', action: 'cancel', record, input: {} });
      return '/hall';
    },
    hallPage,
  );
  form('/hall/applications/:id/:step', (request, sent) => takeStep(hall, request, sent, accountOf), applicationOf);

  app.post('/licences/outcome', async (request, reply) => {
    const view = looking(request);
    if (!isFromHere(request, baseUrl)) return show(view, reply, { ...missingPage(view), status: 403 });
    const sent = await readForm(request);
    const [number, secret] = [sent.one('number') ?? '', (sent.one('secret') ?? '').toUpperCase()];
    const whole = /^\d{16}$/.test(number) && /^[0-9A-HJ-NPQRTUWXY]{10}$/.test(secret);
    const outcome = whole ? await hall.ask<Outcome | null>(null, 'licensing.outcome', { number, secret }) : null;
    return show(view, reply, await results(view, { outcome }));
  });
}

async function takeStep(
  hall: HallPort,
  request: Asked,
  sent: SentForm,
  accountOf: (request: FastifyRequest) => Promise<string>,
): Promise<string> {
  const { id: record = '', step = '' } = request.params;
  const act = (
    action: string,
    input: Record<string, unknown> = {},
    documents: { kind: string; upload: string }[] = [],
  ) => hall.act(request, { entity: 'licensing.application', action, record, input, documents });
  if (plainSteps.includes(step)) await act(step);
  else if (step === 'save') {
    const answers = sent.names
      .filter((name) => name.startsWith('answer-'))
      .map((name) => ({ name: name.slice(7), value: sent.one(name) ?? '' }))
      .filter(({ value }) => value !== '');
    await act('saveDraft', { formVersion: sent.one('formVersion') ?? '', answers });
  } else if (step === 'attach') {
    if (sent.file !== undefined) {
      const upload = await hall.upload(request, sent.file.name, sent.file.content);
      await act('attach', {}, [{ kind: sent.one('paper') ?? '', upload }]);
    }
  } else if (step === 'laboratory') await act('chooseLaboratory', { laboratory: sent.one('laboratory') ?? '' });
  else if (step === 'evaluate') {
    const input = { application: record, stars: Number(sent.one('stars') ?? 0), remark: sent.one('remark') ?? null };
    await hall.act(request, {
      entity: 'licensing.account',
      action: 'evaluate',
      record: await accountOf(request),
      input,
    });
  } else throw Object.assign(new Error('no such step'), { statusCode: 404 });
  return `/hall/applications/${record}`;
}

const emptyPage = (view: View): Page => ({
  title: view.say('办事大厅', 'Service hall'),
  body: html`<p><a href="/hall">${view.say('回办事大厅', 'Back to the service hall')}</a></p>`,
});

function signInPage(view: View): Page {
  const { say } = view;
  return {
    status: 401,
    title: say('请先登录', 'Please sign in'),
    body: html`<header class="head"><h1>${say('请先登录', 'Please sign in')}</h1></header>${signInLine(view)}`,
  };
}
