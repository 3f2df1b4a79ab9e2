/** Where one can go: hand-made pages and the lists that the declarations offer, grouped as the navigation shows them. */
import type { EntityView } from '../api.ts';
import type { MessageKey, Speech } from '../i18n/language.ts';
import type { IconName } from '../kit/icon.tsx';

export type Place = { to: string; text: string; icon?: IconName; key?: string };
export type PlaceGroup = { title: string; places: Place[] };

const domainKeys: Record<string, MessageKey> = {
  sampling: 'domain.sampling',
  handling: 'domain.handling',
  reporting: 'domain.reporting',
  subjects: 'domain.subjects',
  institutions: 'domain.institutions',
  laboratory: 'domain.laboratory',
  people: 'domain.people',
  correspondence: 'domain.correspondence',
  archives: 'domain.archives',
  kernel: 'domain.kernel',
  exchange: 'domain.exchange',
  licensing: 'domain.licensing',
  monitoring: 'domain.monitoring',
  inspections: 'domain.inspections',
  complaints: 'domain.complaints',
  cases: 'domain.cases',
};

/** Whoever may bring one record of these in by hand may bring a table of them. */
const importing = [
  ['subjects.import', 'begin'],
  ['people.duty', 'plan'],
  ['kernel.grant', 'appoint'],
  ['sampling.outside-failure', 'register'],
] as const;

/** Posts that read the scores of electronic monitoring. */
const watchers: ReadonlySet<string> = new Set(['auditor', 'section-chief', 'bureau-head']);
/** Posts that look up certified persons. */
const licensers: ReadonlySet<string> = new Set([
  ...watchers,
  'licence-window',
  'licence-examiner',
  'licence-decider',
  'licence-supervisor',
]);

function humanised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

/** Navigation for one grant: the desk first, then each domain's lists, then the tools whose records one may read. */
export function placesFor(entities: EntityView[], { t, say }: Speech, role: string | undefined): PlaceGroup[] {
  const readable = new Set(entities.map((entity) => entity.name));
  const desk: Place[] = [{ to: '/', text: t('inbox'), icon: 'inbox', key: 'inbox' }];
  if (readable.has('kernel.approval')) {
    desk.push({ to: '/approvals', text: t('approvals'), icon: 'approve', key: 'approvals' });
  }
  if (
    entities.some(
      ({ name, actions }) =>
        name === 'complaints.complaint' && actions.some((one) => one.name === 'register' && one.mine),
    )
  )
    desk.push({ to: '/desk', text: t('phone-desk'), icon: 'person' });
  desk.push({ to: '/list', text: t('all-records'), icon: 'list' });

  const byDomain = new Map<string, Place[]>();
  for (const entity of entities) {
    const places = byDomain.get(entity.domain) ?? [];
    places.push({ to: `/list/${entity.name}`, text: say(entity.label) });
    byDomain.set(entity.domain, places);
  }
  const domains = [...byDomain].map(([domain, places]) => {
    const key = domainKeys[domain];
    return { title: key ? t(key) : humanised(domain), places };
  });

  const tools: Place[] = [];
  if (readable.has('sampling.plan') || readable.has('sampling.scheme')) {
    tools.push({ to: '/plan', text: t('plan'), icon: 'curve' });
  }
  if (readable.has('subjects.enterprise')) {
    tools.push({ to: '/archive', text: t('archive'), icon: 'archive' });
  }
  if (readable.has('handling.loop')) tools.push({ to: '/loops', text: t('loops'), icon: 'loop' });
  const checks = entities.find((entity) => entity.name === 'laboratory.spot-check');
  if (checks && (readable.has('sampling.plan') || checks.actions.some(({ name, mine }) => name === 'plan' && mine))) {
    tools.push({ to: '/shares', text: t('shares'), icon: 'approve' });
  }
  if (readable.has('reporting.report')) {
    tools.push({ to: '/oversight', text: t('oversight'), icon: 'list' });
    tools.push({ to: '/insight', text: t('insight'), icon: 'map' });
  }
  if (role !== undefined && watchers.has(role)) {
    tools.push({ to: '/monitoring', text: t('monitoring'), icon: 'approve' });
    tools.push({ to: '/powers', text: t('powers'), icon: 'paper' });
  }
  if (role !== undefined && licensers.has(role)) tools.push({ to: '/persons', text: t('persons'), icon: 'person' });
  if (readable.has('complaints.digest') && readable.has('complaints.report'))
    tools.push({ to: '/complaint-analysis', text: t('analysis'), icon: 'list' });
  if (readable.has('exchange.connection')) tools.push({ to: '/exchange', text: t('exchange'), icon: 'exchange' });
  const may = (name: string, wanted: string): boolean =>
    entities.some(({ name: kind, actions }) => kind === name && actions.some((one) => one.name === wanted && one.mine));
  if (importing.some(([kind, action]) => may(kind, action)))
    tools.push({ to: '/import', text: t('import'), icon: 'upload' });
  if (may('people.leave', 'ask')) tools.push({ to: '/presence', text: t('presence'), icon: 'person' });
  if (may('correspondence.message', 'retry')) tools.push({ to: '/outbox', text: t('outbox'), icon: 'send' });
  tools.push({ to: '/workbench', text: t('workbench'), icon: 'curve' });
  tools.push({ to: '/parked', text: t('parked'), icon: 'parked' });
  return [{ title: t('navigation.desk'), places: desk }, ...domains, { title: t('navigation.tools'), places: tools }];
}
