import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { captureShape, checkPieces, keptOf } from '@hengjian/sampling';
import { z } from 'zod';
import { inspectionSettings } from '../../../../data/inspections/index.ts';
import type { Severity } from '../checklist/entity.ts';
import { type Finding, findingsOf, gradeOf } from '../checklist/grading.ts';
import { checkOfficers, findListed } from '../officer/lifecycle.ts';
import { results, Visit, type VisitRow, withoutChecklist } from './entity.ts';

export const Entering = z.strictObject({
  enteredAt: field.instant('到达时间', { en: 'Arrived at' }),
  scanCode: optional(
    field.text('入企码', {
      en: 'Code scanned',
      max: 200,
      help: { zh: '扫企业码或营业执照上的码。', en: "The firm's code, or the one on its licence." },
    }),
  ),
  scanReason: optional(field.text('未扫码的原因', { en: 'Why nothing was scanned', max: 300 })),
  identityShown: field.flag('已出示执法证', { en: 'Certificates shown' }),
  ...captureShape,
});
type Entering = z.infer<typeof Entering>;

/** Whoever acts is one of the officers, and his own post has a certificate that holds on the day. */
async function checkOwnCertificate(row: VisitRow, act: Act): Promise<true | Refusal> {
  if (!row.officers.some(({ person }) => person === act.actor.person))
    return refuse('not-an-officer', '您不是本次检查的检查人员。', 'You are not an officer of this visit.');
  const listed = await findListed(act.sql, [act.actor.person]);
  const own = listed.get(act.actor.person);
  return (
    (own !== undefined && own.until >= act.occurredOn) ||
    refuse(
      'certificate-needed',
      own === undefined ? '您不在执法检查人员名录库中，不能检查。' : `您的执法证已于 ${own.until} 到期，不能检查。`,
      own === undefined
        ? 'You are not in the bank of officers and may not inspect.'
        : `Your certificate ended on ${own.until}.`,
    )
  );
}

/** Scan-in, identity, one firm: nobody is inspected by mistake or unseen (practice W11). */
export async function checkEntering(row: VisitRow, input: Entering, act: Act): Promise<true | Refusal> {
  const own = await checkOwnCertificate(row, act);
  if (own !== true) return own;
  if (!input.identityShown)
    return refuse(
      'identity-not-shown',
      '须出示执法证，不出示的企业有权拒绝检查。',
      'Certificates are shown; a firm may refuse who shows none.',
      'identityShown',
    );
  if (input.enteredAt.slice(0, 19) > new Date(Date.parse(act.occurredAt) + 120_000).toISOString().slice(0, 19))
    return refuse('entered-in-future', '到达时间晚于现在。', 'The arrival lies in the future.', 'enteredAt');
  if (!input.scanCode && (inspectionSettings().scanInRequired.value ? !input.scanReason : false))
    return refuse(
      'scan-missing',
      '须扫码入企；扫不了的写明原因。',
      'Scan in, or say why it was not possible.',
      'scanCode',
    );
  if (input.scanCode && row.enterpriseCode && !input.scanCode.toUpperCase().includes(row.enterpriseCode.toUpperCase()))
    return refuse(
      'other-firm-scanned',
      `扫到的码不是“${row.enterpriseName}”的，请核对检查对象。`,
      `The code scanned is not that of ${row.enterpriseName}; look whom you visit.`,
      'scanCode',
    );
  const captured = await checkPieces({ id: row.id, since: row.approvedOn ?? null }, input, act);
  return captured !== null && 'code' in captured ? captured : true;
}

export const enter = (row: VisitRow, input: Entering): Partial<VisitRow> => ({
  enteredAt: new Date(input.enteredAt).toISOString(),
  scanCode: input.scanCode ?? null,
  scanReason: input.scanReason ?? null,
  ...evidenceOf(row, input),
});

function evidenceOf(row: VisitRow, input: object): Partial<VisitRow> {
  const kept = keptOf(input);
  return kept === null ? {} : { evidence: [...(row.evidence ?? []), kept] };
}

const AnswerField = z.object({
  item: field.text('项目', { en: 'Item', max: 130 }),
  value: field.text('结果', { en: 'Answer', max: 500 }),
  note: optional(field.text('说明', { en: 'Note', max: 1000 })),
});
const HazardField = z.object({
  item: field.text('项目', { en: 'Item', max: 130 }),
  description: field.text('隐患情况', { en: 'What the hazard is', max: 1000 }),
  severity: field.choice(
    '等级',
    { general: { zh: '一般隐患', en: 'General' }, major: { zh: '重大隐患', en: 'Major' } },
    { en: 'Class' },
  ),
  measures: field.text('整改措施', { en: 'Measures', max: 1000 }),
  deadline: field.date('整改期限', { en: 'Deadline' }),
  owner: field.text('整改责任人', { en: 'Who answers for it', max: 60 }),
});

const recordShape = {
  result: field.choice('检查结果', results, { en: 'Result' }),
  answers: field.list('检查情况', AnswerField, { en: 'Answers', max: 2_000 }),
  hazards: field.list('隐患', HazardField, { en: 'Hazards', max: 50 }),
  remark: optional(field.longText('现场情况', { en: 'Account', max: 4000 })),
  present: field.list('到场人员', field.identifier('人员', { en: 'Person' }), { en: 'Present', max: 10 }),
  representative: optional(Visit.shape.representative.unwrap().unwrap()),
  signature: Visit.shape.signature.unwrap().unwrap(),
  witness: optional(field.text('见证人或者拒签情况', { en: 'Witness or account of the refusal', max: 500 })),
};
export const Record = z.strictObject({ ...recordShape, ...captureShape });
type Record = z.infer<typeof Record>;

const problemFound = (findings: readonly Finding[]): boolean => findings.some(({ outcome }) => outcome === 'not-met');

function checkFindings(row: VisitRow, input: Record): Finding[] | Refusal {
  if (withoutChecklist.has(input.result) && input.answers.length === 0)
    return input.remark
      ? []
      : refuse('account-missing', '没有按检查表检查的，须写明现场情况。', 'Say what was found on the spot.', 'remark');
  const findings = findingsOf(row.items, input.answers);
  if ('code' in findings || withoutChecklist.has(input.result)) return findings;
  const found = problemFound(findings);
  if (found === (input.result === 'none'))
    return refuse(
      'result-contradicts',
      found ? '检查表中有不符合项，结果不能是“未发现问题”。' : '检查表中没有不符合项，结果应为“未发现问题”。',
      found
        ? 'Something is not met: the result cannot be "no problem".'
        : 'Everything is met: the result is "no problem".',
      'result',
    );
  const silent = findings.find(({ outcome, note }) => outcome === 'not-met' && !note);
  if (silent !== undefined)
    return refuse(
      'note-missing',
      `“${silent.text}”不符合，请写明情况。`,
      `Say what is not met at ${silent.item}.`,
      'answers',
    );
  const unlisted = findings.find(
    ({ item, severity }) => severity === 'critical' && !input.hazards.some((hazard) => hazard.item === item),
  );
  return unlisted === undefined
    ? findings
    : refuse(
        'hazard-missing',
        `“${unlisted.text}”严重不符合，须列为隐患并定期限和责任人。`,
        `${unlisted.item} is critical: it is listed as a hazard, with deadline and owner.`,
        'hazards',
      );
}

function checkHazards(input: Record, findings: readonly Finding[], act: Act): true | Refusal {
  for (const [index, hazard] of input.hazards.entries()) {
    const at = `hazards.${index}`;
    if (!findings.some(({ item, outcome }) => item === hazard.item && outcome === 'not-met'))
      return refuse('hazard-without-finding', '隐患没有对应的不符合项。', 'No finding stands behind this hazard.', at);
    if (hazard.deadline <= act.occurredOn)
      return refuse('due-in-past', '整改期限应晚于今天。', 'The deadline lies ahead.', `${at}.deadline`);
  }
  return true;
}

function checkPresence(row: VisitRow, input: Record): true | Refusal {
  const officers = new Set(row.officers.map(({ person }) => person));
  if (input.present.some((person) => !officers.has(person)))
    return refuse(
      'not-an-officer',
      '到场人员不在检查人员之列。',
      'Somebody present is no officer of this visit.',
      'present',
    );
  if (new Set(input.present).size < inspectionSettings().minimumOfficers.value)
    return refuse('two-officers', '到场检查人员不得少于两人。', 'At least two officers are there.', 'present');
  return (
    input.signature === 'signed' ||
    Boolean(input.witness) ||
    refuse(
      'refusal-unexplained',
      '没有签字的，须写明情况或者见证人。',
      'Without a signature: say why, or who saw it.',
      'witness',
    )
  );
}

/** Everybody whose hand the record asks for has signed it as it stands, and each hazard has its photograph. */
async function checkCaptured(row: VisitRow, input: Record, act: Act): Promise<true | Refusal> {
  const captured = await checkPieces({ id: row.id, since: row.approvedOn ?? null }, input, act);
  if (captured !== null && 'code' in captured) return captured;
  const pieces = captured?.chain.links.map(({ piece }) => piece) ?? [];
  const photos = pieces.filter(({ kind }) => kind === 'hazardPhotos').length;
  if (photos < input.hazards.length)
    return refuse(
      'hazard-photo',
      `${input.hazards.length} 处隐患，照片只有 ${photos} 张；每处至少一张。在办公室补录的，请逐条登记隐患并附照片。`,
      `${input.hazards.length} hazards and ${photos} photographs; each has one. At the desk, list each hazard with its photograph.`,
      'hazards',
    );
  if (captured === null) return true;
  const asked = row.items.find(({ key, photo }) => photo && input.answers.some(({ item }) => item === key));
  if (asked !== undefined && !pieces.some(({ kind }) => kind === 'photos'))
    return refuse('photo-missing', `“${asked.text}”须拍照。`, `${asked.key} needs a photograph.`, 'answers');
  const signers = pieces.flatMap(({ signer }) => (signer === null ? [] : [signer]));
  const unsigned = row.officers.find(
    ({ person }) => input.present.includes(person) && !signers.some((signer) => signer.person === person),
  );
  if (unsigned !== undefined)
    return refuse(
      'officer-not-signed',
      `检查人员${unsigned.name}没有在笔录上签名。`,
      `${unsigned.name} did not sign the record.`,
      'capture',
    );
  return (
    input.signature !== 'signed' ||
    signers.some(({ part }) => part === 'firm') ||
    refuse(
      'firm-not-signed',
      '笔录写明检查对象已签字，但没有收到其签名。',
      'The record says that the firm signed, but no signature of it came.',
      'capture',
    )
  );
}

export async function checkRecord(row: VisitRow, input: Record, act: Act): Promise<true | Refusal> {
  const own = await checkOwnCertificate(row, act);
  if (own !== true) return own;
  const there = checkPresence(row, input);
  if (there !== true) return there;
  const able = checkOfficers(input.present, await findListed(act.sql, input.present), {
    matters: [],
    day: act.occurredOn,
    minimum: inspectionSettings().minimumOfficers.value,
  });
  if (able !== true) return able;
  const findings = checkFindings(row, input);
  if ('code' in findings) return findings;
  const hazards = checkHazards(input, findings, act);
  return hazards === true ? checkCaptured(row, input, act) : hazards;
}

const severityOf: { [key in 'general' | 'major']: Severity } = { general: 'minor', major: 'critical' };

/** Keeps findings, grade and evidence, and lists each hazard as a record of its own. */
export async function record(row: VisitRow, input: Record, act: Act): Promise<Partial<VisitRow>> {
  const findings = input.answers.length === 0 ? [] : (findingsOf(row.items, input.answers) as Finding[]);
  const grade = gradeOf(
    [...findings, ...input.hazards.map(({ severity }) => ({ severity: severityOf[severity] }))],
    inspectionSettings().minorPerMajor.value,
  );
  for (const hazard of input.hazards)
    await act.create(
      'inspections.hazard',
      'listOnVisit',
      {
        visit: row.id,
        enterprise: row.enterprise,
        enterpriseName: row.enterpriseName,
        enterpriseCode: row.enterpriseCode,
        enterpriseRegion: row.enterpriseRegion,
        description: hazard.description,
        clause: findings.find(({ item }) => item === hazard.item)?.clause ?? null,
        severity: hazard.severity,
        measures: hazard.measures,
        deadline: hazard.deadline,
        owner: hazard.owner,
      },
      { parent: row.id, office: act.actor.office! },
    );
  return {
    present: input.present,
    findings,
    grade: withoutChecklist.has(input.result) ? null : grade,
    recordedOn: act.occurredOn,
    ...evidenceOf(row, input),
  };
}
