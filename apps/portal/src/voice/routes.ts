import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isFromHere, readForm, type SentForm } from '../hall/forms.ts';
import type { View } from '../language.ts';
import { html } from '../markup.ts';
import type { Page } from '../page.ts';
import { missingPage } from '../pages/failure.ts';
import { notice } from '../pieces.ts';
import { followPage, formPage, takenPage, voicePage } from './pages.ts';
import type { VoicePort } from './port.ts';

interface Showing {
  baseUrl: string;
  looking(request: FastifyRequest): View;
  show(view: View, reply: FastifyReply, page: Page): FastifyReply;
}

const ticks = ['anonymous', 'insider', 'wantsReward', 'consentMediation', 'consentEntrust', 'consentPublish'];
const texts = [
  'kind',
  'id',
  'subjectName',
  'subjectKind',
  'region',
  'address',
  'productName',
  'category',
  'matter',
  'demand',
  'amount',
  'knownOn',
  'facts',
];

/** A form as the platform takes it in. */
function valuesOf(sent: SentForm): Record<string, unknown> {
  const person = Object.fromEntries(
    ['name', 'phone', 'address', 'document'].map((name) => [name, sent.one(`person.${name}`) ?? null]),
  );
  return {
    ...Object.fromEntries(texts.map((name) => [name, sent.one(name)]).filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(ticks.map((name) => [name, sent.one(name) === 'yes'])),
    person,
  };
}

/** What must not be empty, by what it is. */
function missingIn(sent: SentForm): string[] {
  const kind = sent.one('kind');
  const asked = ['subjectName', 'region'];
  if (kind !== 'report') asked.push('matter', 'demand', 'person.name', 'person.phone');
  if (kind !== 'complaint') asked.push('facts');
  const amount = sent.one('amount');
  const wrong = asked.filter((name) => !sent.one(name));
  return amount !== undefined && !/^\d{1,12}(?:\.\d{1,2})?$/.test(amount) ? [...wrong, 'amount'] : wrong;
}

/** Complaints and reports for everybody: make one, follow it, withdraw and rate it; without sign-in and without scripts. */
export function voiceRoutes(app: FastifyInstance, voice: VoicePort, { baseUrl, looking, show }: Showing): void {
  const page = (path: string, make: (view: View) => Promise<Page>): void => {
    app.get(path, async (request, reply) => {
      const view = looking(request);
      reply.header('referrer-policy', 'no-referrer');
      return show(view, reply, await make(view));
    });
  };
  page('/complaints', async (view) => voicePage(view));
  page('/complaints/new', async (view) => formPage(view, await voice.categories(), voice.places()));
  page('/complaints/follow', async (view) => followPage(view, null));
  // Where an answer was shown that is not kept: the language can be changed there, and asks again.
  for (const path of ['/complaints/withdraw', '/complaints/rate']) page(path, async (view) => followPage(view, null));

  const form = (path: string, answer: (view: View, sent: SentForm) => Promise<Page>): void => {
    app.post(path, async (request, reply) => {
      const view = looking(request);
      reply.header('referrer-policy', 'no-referrer');
      if (!isFromHere(request, baseUrl)) return show(view, reply, { ...missingPage(view), status: 403 });
      return show(view, reply, await answer(view, await readForm(request)));
    });
  };
  form('/complaints/new', async (view, sent) => {
    const again = async (wrong: string[]): Promise<Page> => {
      const values = new Map(sent.names.map((name) => [name, sent.one(name) ?? '']));
      return formPage(view, await voice.categories(), voice.places(), { values, wrong });
    };
    const missing = missingIn(sent);
    if (missing.length > 0) return again(missing);
    try {
      return takenPage(view, await voice.lodge(valuesOf(sent)));
    } catch (error) {
      const refusal = voice.refusalOf(error);
      if (refusal === undefined) throw error;
      const wrong = refusal.places.map((place) => place.replace(/^input\./, ''));
      const shown = await again(wrong);
      return {
        ...shown,
        status: 422,
        body: html`<div role="alert">${notice('act', view.say(refusal.zh, refusal.en))}</div>${shown.body}`,
      };
    }
  });

  const token = (sent: SentForm) => ({
    number: (sent.one('number') ?? '').replaceAll(/\D/g, ''),
    secret: sent.one('secret') ?? '',
  });
  const standing = async (view: View, sent: SentForm, said?: { zh: string; en: string }): Promise<Page> => {
    const { number, secret } = token(sent);
    const whole = /^\d{12}$/.test(number) && secret.length >= 12 && secret.length <= 20;
    const found = whole ? await voice.follow(number, secret) : null;
    return followPage(view, { number, secret, found, ...(said === undefined ? {} : { said }) });
  };
  const acting =
    (act: (sent: SentForm) => Promise<void>, said: { zh: string; en: string }) =>
    async (view: View, sent: SentForm): Promise<Page> => {
      try {
        await act(sent);
        return await standing(view, sent, said);
      } catch (error) {
        const refusal = voice.refusalOf(error);
        if (refusal === undefined) throw error;
        const shown = await standing(view, sent);
        return {
          ...shown,
          status: 422,
          body: html`<div role="alert">${notice('act', view.say(refusal.zh, refusal.en))}</div>${shown.body}`,
        };
      }
    };
  form('/complaints/follow', (view, sent) => standing(view, sent));
  form(
    '/complaints/withdraw',
    acting(
      async (sent) => {
        const { number, secret } = token(sent);
        await voice.withdraw(number, secret);
      },
      { zh: '投诉已撤回。', en: 'The complaint is withdrawn.' },
    ),
  );
  form(
    '/complaints/rate',
    acting(
      async (sent) => {
        const { number, secret } = token(sent);
        await voice.rate(number, secret, { stars: Number(sent.one('stars')), remark: sent.one('remark') ?? '' });
      },
      { zh: '谢谢您的评价。', en: 'Thank you.' },
    ),
  );
}
