import { type Refusal, refuse } from '@hengjian/kernel';

/** What is to be tested: the kind of product or food, most exact first, then its broader kinds; the parameter; the method. */
export interface Question {
  readonly kinds: readonly string[];
  readonly parameter: string;
  /** Number of the method standard with its year, with or without a clause: `GB/T 5009.19-2008 第一法`. */
  readonly method: string;
}

/** One line of an accredited scope, in force from the first day to the last, both included. */
export interface ScopeRow {
  readonly id: string;
  readonly kind: string;
  readonly parameter: string;
  readonly method: string;
  /** Field of technical competence in which its reports are signed. */
  readonly field: string;
  readonly limitation: string | null;
  readonly fromOn: string;
  readonly untilOn: string | null;
}

/** What a body has declared to be ready for one line of its scope. */
export interface ReadinessRow {
  readonly scope: string;
  /** Limit of quantification as a decimal string, with its unit. */
  readonly quantification: string | null;
  readonly quantificationUnit: string | null;
  readonly instrument: { readonly id: string; readonly name: string } | null;
  readonly fromOn: string;
  readonly untilOn: string | null;
}

export interface Period {
  readonly fromOn: string;
  readonly untilOn: string | null;
}

/** All that the register knows of a body and that decides whether it may test; days `YYYY-MM-DD` in China. */
export interface Standing {
  readonly name: string;
  readonly certificates: readonly (Period & { readonly number: string })[];
  readonly interruptions: readonly (Period & { readonly kind: 'suspended' | 'ended'; readonly reason: string })[];
  readonly scope: readonly ScopeRow[];
  readonly readiness: readonly ReadinessRow[];
  readonly signatories: readonly (Period & { readonly person: string; readonly field: string })[];
  readonly calibrations: readonly {
    readonly instrument: string;
    readonly doneOn: string;
    readonly validUntil: string;
  }[];
}

/** `assign`: whether work may be given or taken at all; `report`: whether what was found may be reported as well. */
export interface Permission {
  readonly assign: true | Refusal;
  readonly report: true | Refusal;
  readonly row: ScopeRow | null;
  readonly readiness: ReadinessRow | null;
}

const within = (day: string, { fromOn, untilOn }: Period): boolean =>
  fromOn <= day && (untilOn === null || day <= untilOn);

const lastOf = (days: readonly string[]): string => [...days].sort().at(-1) ?? '';

/** A standard number or name without blanks, in one width and case. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase();

/** A scope that names a standard covers its clauses; one that names a clause covers that clause alone. */
function coversMethod(accredited: string, asked: string): boolean {
  const [own, wanted] = [plain(accredited), plain(asked)];
  return wanted === own || (wanted.startsWith(own) && /^[(第,;,、;]/.test(wanted.slice(own.length)));
}

/**
 * Whether a body may test on a day (order 163 arts 19, 20: only within the scope of its certificate), and whether it may report:
 * a limit of quantification, an instrument that is calibrated on that day and a signatory of the field (order 39 arts 9, 12, 14).
 * Without a standing the body is not on the register and may do neither. The refusal names the piece that is missing.
 */
export function mayTest(question: Question, standing: Standing | undefined, day: string): Permission {
  const stop = inForce(standing, day);
  if (stop !== true) return { assign: stop, report: stop, row: null, readiness: null };
  const { name, scope } = standing!;
  const inScope = scope.filter((row) => within(day, row));
  const row = question.kinds
    .flatMap((kind) => inScope.filter((line) => plain(line.kind) === plain(kind)))
    .find((line) => plain(line.parameter) === plain(question.parameter) && coversMethod(line.method, question.method));
  if (row === undefined) {
    const outside = outOfScope(question, name, inScope, scope, day);
    return { assign: outside, report: outside, row: null, readiness: null };
  }
  const readiness = standing!.readiness.find((ready) => ready.scope === row.id && within(day, ready)) ?? null;
  return { assign: true, report: isReady(question, standing!, row, readiness, day), row, readiness };
}

function inForce(standing: Standing | undefined, day: string): true | Refusal {
  if (standing === undefined)
    return refuse(
      'body-unknown',
      '该机构不在检验检测机构名录中，不得承担检验任务。',
      'The body is not on the register of testing bodies.',
    );
  const { name, certificates, interruptions } = standing;
  const broken = interruptions.find((interruption) => within(day, interruption));
  if (broken !== undefined)
    return refuse(
      broken.kind === 'ended' ? 'accreditation-ended' : 'accreditation-suspended',
      `${name}的资质认定自${broken.fromOn}起${broken.kind === 'ended' ? '已终止' : '暂停'}（${broken.reason}），${day}不得检验或出具报告。`,
      `The accreditation of ${name} is ${broken.kind} from ${broken.fromOn} (${broken.reason}).`,
    );
  if (certificates.some((certificate) => within(day, certificate))) return true;
  const last = lastOf(certificates.map(({ untilOn }) => untilOn ?? ''));
  return refuse(
    'certificate-not-in-force',
    `${name}的资质认定证书在${day}不在有效期内${last === '' ? '' : `（有效期至${last}）`}。`,
    `The certificate of ${name} is not in force on ${day}${last === '' ? '' : ` (valid until ${last})`}.`,
  );
}

function outOfScope(
  question: Question,
  name: string,
  inScope: readonly ScopeRow[],
  scope: readonly ScopeRow[],
  day: string,
): Refusal {
  const { kinds, parameter, method } = question;
  const ofKind = (rows: readonly ScopeRow[]): ScopeRow[] =>
    rows.filter((row) => kinds.some((kind) => plain(kind) === plain(row.kind)));
  const ofParameter = (rows: readonly ScopeRow[]): ScopeRow[] =>
    ofKind(rows).filter((row) => plain(row.parameter) === plain(parameter));
  const atAnotherTime = ofParameter(scope).some((row) => coversMethod(row.method, method));
  const [zh, en] = atAnotherTime
    ? [`该能力在${day}不在有效期内`, `not in force on ${day}`]
    : ofParameter(inScope).length > 0
      ? [`没有方法“${method}”`, `method ${method}`]
      : ofKind(inScope).length > 0
        ? [`没有项目“${parameter}”`, `parameter ${parameter}`]
        : [`没有类别“${kinds[0] ?? ''}”`, `kind ${kinds[0] ?? ''}`];
  return refuse(
    'out-of-scope',
    `${name}的资质认定能力范围不包括“${kinds[0] ?? ''} · ${parameter} · ${method}”：${zh}。超出能力范围不得检验或出具报告（令第163号第十九条）。`,
    `The accredited scope of ${name} does not cover ${kinds[0] ?? ''} · ${parameter} · ${method}: ${en} (order 163 art. 19).`,
  );
}

function isReady(
  { parameter }: Question,
  standing: Standing,
  row: ScopeRow,
  readiness: ReadinessRow | null,
  day: string,
): true | Refusal {
  if (readiness === null || readiness.quantification === null)
    return refuse(
      'quantification-missing',
      `“${parameter}”没有登记定量限，不能出具报告。`,
      `No limit of quantification is declared for ${parameter}.`,
    );
  const { instrument } = readiness;
  if (instrument === null)
    return refuse(
      'instrument-missing',
      `“${parameter}”没有登记所用仪器，不能出具报告。`,
      `No instrument is declared for ${parameter}.`,
    );
  const own = standing.calibrations.filter((calibration) => calibration.instrument === instrument.id);
  if (!own.some(({ doneOn, validUntil }) => doneOn <= day && day <= validUntil)) {
    const last = lastOf(own.map(({ validUntil }) => validUntil));
    return refuse(
      'calibration-expired',
      `“${parameter}”所用仪器“${instrument.name}”在${day}没有有效的检定或校准${last === '' ? '' : `（有效期至${last}）`}，不能出具报告（令第39号第十四条第二项）。`,
      `The instrument ${instrument.name} for ${parameter} is not calibrated on ${day}${last === '' ? '' : ` (valid until ${last})`} (order 39 art. 14).`,
    );
  }
  if (!standing.signatories.some((signatory) => signatory.field === row.field && within(day, signatory)))
    return refuse(
      'signatory-missing',
      `没有“${row.field}”领域的授权签字人，“${parameter}”不能出具报告（令第39号第十二条）。`,
      `There is no authorised signatory of the field ${row.field} for ${parameter} (order 39 art. 12).`,
    );
  return true;
}

/** Whether this person signs in the field of a line on a day (order 39 art. 12: within his technical competence). */
export function maySign(standing: Standing, person: string, row: ScopeRow, day: string): true | Refusal {
  return (
    standing.signatories.some(
      (signatory) => signatory.person === person && signatory.field === row.field && within(day, signatory),
    ) ||
    refuse(
      'outside-own-field',
      `您不是“${row.field}”领域的授权签字人，不能签发“${row.parameter}”（令第39号第十二条）。`,
      `You are no authorised signatory of the field ${row.field} (${row.parameter}; order 39 art. 12).`,
    )
  );
}
