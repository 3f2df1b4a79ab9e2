import type { Actor } from '@hengjian/kernel';
import { formFields } from '@hengjian/licensing';
import { demonstrationEnterprises } from '../../../../data/demonstration/index.ts';
import { later, type OfficeWork } from './office-work.ts';
import { demonstrationSeed, idOf } from './organisation.ts';

const application = 'licensing.application';
/** Units of the demonstration's reviewers, by account. */
const units = {
  'licence-reviewer.430000': '省质检院',
  'licence-reviewer.430000.2': '省认证中心',
  'licence-reviewer.430000.3': '长沙市质检所',
};

interface Wanted {
  kind: string;
  product: string;
  answers: Record<string, string>;
  papers: string[];
}
const cable: Wanted = {
  kind: 'industrial-product',
  product: 'P301',
  answers: { site: '', capacity: '3000 km', qualityOfficer: '公孙质', standard: 'GB/T 5023.3-2008' },
  papers: ['application', 'processFlow', 'equipmentList', 'selfDeclaration'],
};
const food: Wanted = {
  kind: 'food-production',
  product: '127',
  answers: { site: '', layout: '860', safetyStaff: '东方安', safetyDirector: '东方安', varieties: '片剂、颗粒剂' },
  papers: ['application', 'layoutPlan', 'equipmentList', 'safetySystem', 'trialReport'],
};

const posts = (work: OfficeWork) => {
  const [window, examiner, decider] = (['window', 'examiner', 'decider'] as const).map((post) =>
    work.who(`licence-${post}.430000`),
  ) as [Actor, Actor, Actor];
  return { window, examiner, decider };
};

/** Hands in an application of the demonstration's agent with this number. */
async function handIn(work: OfficeWork, index: number, { kind, product, answers, papers }: Wanted): Promise<string> {
  const { window } = posts(work);
  const firm = demonstrationEnterprises(demonstrationSeed, 6, ['430000'])[index]!;
  const agent = work.who(`enterprise-agent.${index + 1}`);
  const [known] = await work.rows<{ id: string }>(agent, `select id from licensing.account where organisation = $1`, [
    agent.organisation,
  ]);
  const opened = {
    organisation: idOf('organisation', firm.creditCode),
    subject: 'firm',
    name: firm.name,
    creditCode: firm.creditCode,
  };
  const account = known?.id ?? (await work.act(window, 'licensing.account', 'open', opened)).record;
  const asked = {
    kind,
    products: [product],
    purpose: 'new',
    track: 'ordinary',
    region: firm.region.slice(0, 6),
    address: firm.address,
  };
  const { created } = await work.act(agent, 'licensing.account', 'begin', asked, account);
  const id = created[0]!;
  const [draft] = await work.rows<{ version: string }>(
    agent,
    'select form_version as version from licensing.application where id = $1',
    [id],
  );
  const names = new Set(formFields(kind, draft!.version));
  const filled = Object.entries({ ...answers, site: firm.address }).filter(([name]) => names.has(name));
  const form = { formVersion: draft!.version, answers: filled.map(([name, value]) => ({ name, value })) };
  await work.act(agent, application, 'saveDraft', form, id, papers);
  await work.act(agent, application, 'submit', {}, id);
  return id;
}

/** Registers the reviewers, and one licence from application to delivery, in the days after `day`. */
export async function issueFirstLicence(work: OfficeWork, day: string): Promise<void> {
  const { window, examiner, decider } = posts(work);
  for (const [account, unit] of Object.entries(units)) {
    const { person, name } = work.who(account);
    await work.act(examiner, 'licensing.reviewer', 'register', {
      person,
      name,
      unit,
      certificate: `湘评-${account.at(-1)}`,
      validUntil: later(day, 900),
      specialties: ['industrial-product', 'food-production', 'food-workshop', 'testing-body'],
      mayLead: true,
    });
  }
  const issued = await handIn(work, 1, food);
  await work.act(window, application, 'accept', {}, issued);
  await work.platform.sealer.seal();
  await work.act(examiner, application, 'drawTeam', { size: 2 }, issued);
  const site = later(day, 6);
  await work.act(examiner, application, 'notifySiteCheck', { siteCheckOn: site }, issued);
  const [file] = await work.rows<{ team: { person: string; leader: boolean }[] }>(
    examiner,
    'select team from licensing.application where id = $1',
    [issued],
  );
  const leader = file!.team.find((member) => member.leader)!.person;
  work.on(site, 15);
  const checklist = ['premises', 'equipment', 'layout', 'people', 'system', 'trial'].map((item) => ({
    item,
    met: 'yes',
  }));
  const reviewer = Object.keys(units)
    .map((account) => work.who(account))
    .find(({ person }) => person === leader)!;
  await work.act(reviewer, application, 'recordSiteCheck', { siteCheck: checklist }, issued, ['siteReport']);
  await work.act(examiner, application, 'examine', { opinion: 'grant', opinionText: '符合条件。' }, issued);
  work.on(later(day, 8));
  const { sheet } = await work.act(decider, application, 'grant', {}, issued);
  await work.act(work.who('bureau-head.430000'), 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
  await work.act(window, application, 'issue', {}, issued);
  const [service] = await work.rows<{ id: string }>(window, 'select id from licensing.service where application = $1', [
    issued,
  ]);
  const served = { way: 'direct', servedOn: later(day, 8), receivedBy: '经办人' };
  await work.act(window, 'licensing.service', 'serve', served, service!.id, ['receipt']);
}

/** What is under way on the day of the visit: one file under review, one handed in, slots for the next days. */
export async function openCounters(work: OfficeWork, today: string): Promise<void> {
  const { window, examiner } = posts(work);
  const reviewed = await handIn(work, 0, cable);
  await work.act(window, application, 'accept', {}, reviewed);
  await work.platform.sealer.seal();
  await work.act(examiner, application, 'drawTeam', { size: 2 }, reviewed);
  await handIn(work, 2, cable);
  const { calendar } = work.platform;
  for (const ahead of [1, 2, 3]) {
    const day = calendar.addWorkingDays(today, ahead).date;
    await work.act(window, 'licensing.slots', 'offer', { day, times: ['09:00', '10:00', '14:30'], windows: 2 });
  }
}
