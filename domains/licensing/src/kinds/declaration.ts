import { z } from 'zod';

const text = z.string().trim().min(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const code = z.string().regex(/^[A-Za-z0-9-]+$/);
const label = z.strictObject({ zh: text, en: text });
const confidence = z.enum(['sourced', 'illustrative']);
const term = z.strictObject({ amount: z.int().min(1), unit: z.enum(['working-day', 'day', 'month', 'year']) });

/** What an application asks for. */
export const purposes = ['new', 'change', 'renewal', 'reissue'] as const;
/** Why the time of a decision may stand still. */
export const pauseGrounds = ['hearing', 'expert-review'] as const;
/** The clocks that a kind may declare; what starts and stops each is fixed by the procedure. */
export const clockNames = [
  'acceptance',
  'site-notice',
  'site-check',
  'sample-delivery',
  'rectification',
  'decision',
  'commitment-decision',
  'issue',
  'change-report',
  'renewal',
  'deregistration',
  'self-report',
] as const;

const Product = z.strictObject({
  code,
  zh: text,
  en: text,
  /** Level of authority for this product where it differs from that of the kind. */
  level: z.enum(['province', 'city', 'county']).optional(),
  number: z.strictObject({ industry: z.string().regex(/^\d{2}$/), product: z.string().regex(/^\d{3}$/) }).optional(),
  /** Industrial policy: a restricted product needs proof, a banned one is not accepted. */
  policy: z.enum(['restricted', 'banned']).optional(),
  policyBasis: text.optional(),
  confidence,
});

const FormField = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  zh: text,
  en: text,
  type: z.enum(['text', 'number', 'date']),
  required: z.boolean(),
  unit: text.optional(),
});

const Clock = z.strictObject({
  name: z.enum(clockNames),
  amount: z.int().min(1),
  unit: z.enum(['working-day', 'day', 'month', 'year']),
  basis: text,
  confidence,
  extension: z.strictObject({ amount: z.int().min(1), basis: text }).optional(),
  suspendedBy: z
    .array(z.enum(['test', 'rectification', ...pauseGrounds]))
    .nullish()
    .transform((grounds) => grounds ?? []),
  /** Where the clock may start from more than one place. */
  from: z.enum(['receipt', 'acceptance', 'conclusion', 'task']).optional(),
});

/** A kind of licence as data: everything in which one licence differs from another. */
export const KindDeclaration = z.strictObject({
  code,
  zh: text,
  en: text,
  /** The activity for which it is needed, as the guide asks. */
  question: label,
  subject: z.enum(['firm', 'person']),
  /** 一企一证: one licence holds all products of its holder; more products are a change of it. */
  oneLicence: z.boolean(),
  basis: z.array(z.strictObject({ text, confidence })).min(1),
  authority: z
    .array(z.strictObject({ level: z.enum(['province', 'city', 'county']), basis: text, confidence }))
    .length(1),
  products: z.array(Product).min(1),
  forms: z.array(z.strictObject({ version: text, inForce: day, fields: z.array(FormField).min(1) })).min(1),
  papers: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z][A-Za-z]*$/),
        zh: text,
        en: text,
        for: z.array(z.enum(purposes)).min(1),
        /** Where the platform holds it already: then nobody may ask the applicant for it. */
        heldIn: z.enum(['register', 'licences']).optional(),
        condition: z.literal('restricted').optional(),
      }),
    )
    .min(1),
  siteCheck: z.strictObject({
    /** `first`: not for a renewal whose holder declares unchanged conditions. */
    when: z.enum(['always', 'first', 'none']),
    team: z.tuple([z.int().min(2), z.int().max(4)]),
    checklist: z.array(z.strictObject({ code, zh: text, en: text, weight: z.int().min(1), critical: z.boolean() })),
    pass: z.int().min(0).max(100),
  }),
  test: z.strictObject({ kind: z.enum(['none', 'licensing-test', 'trial-report']), basis: text, confidence }),
  pauses: z.array(z.enum(pauseGrounds)),
  clocks: z.array(Clock).min(3),
  fees: z.array(
    z.strictObject({
      item: label,
      amount: z.string().regex(/^\d+\.\d{2}$/),
      from: day,
      until: day.nullable(),
      basis: text,
      confidence,
    }),
  ),
  /** Null: valid until it is ended. `renewedFrom`: a renewed term runs from the decision, or from the old end. */
  validity: term.extend({ basis: text, renewedFrom: z.enum(['expiry', 'decision']) }).nullable(),
  numbering: z.strictObject({
    scheme: z.enum(['pattern', 'food']),
    pattern: text.optional(),
    sequencePer: z.enum(['all', 'year', 'region', 'product']),
    keepsOnRenewal: z.boolean(),
    basis: text,
    confidence,
  }),
  certificate: z.strictObject({ title: label, text: label }),
  public: z.strictObject({ basis: text, withhold: z.array(text) }),
  /** 告知承诺、先证后核: granted on a written commitment and checked afterwards. Null where it is not foreseen. */
  commitment: z
    .strictObject({
      on: z.boolean(),
      basis: text,
      products: z.array(z.string()),
      from: day,
      until: day.nullable(),
      check: term,
      confidence,
    })
    .nullable(),
  bars: z.array(
    z.strictObject({ ground: z.enum(['fraud', 'false-materials', 'revoked']), years: z.int().min(1), basis: text }),
  ),
  /** Supervision after the grant: a task made for each by itself. */
  visits: z.array(z.strictObject({ reason: code, within: term, zh: text, en: text, basis: text, confidence })),
});

export type Kind = z.infer<typeof KindDeclaration>;
export type KindClock = Kind['clocks'][number];
export type FormField = z.infer<typeof FormField>;
export type Purpose = (typeof purposes)[number];

/** What a schema cannot say: what is wrong with a kind, one sentence for each place. Empty when it is sound. */
export function unsoundKind(kind: Kind): string[] {
  const wrong: string[] = [];
  const at = kind.code;
  const repeated = (names: readonly string[]): string[] => names.filter((name, place) => names.indexOf(name) !== place);
  for (const [what, names] of [
    ['products', kind.products.map((product) => product.code)],
    ['papers', kind.papers.map((paper) => paper.kind)],
    ['forms', kind.forms.map((form) => form.version)],
    ['siteCheck.checklist', kind.siteCheck.checklist.map((item) => item.code)],
  ] as const)
    for (const name of repeated(names)) wrong.push(`${at}.${what}: ${name} stands there twice`);
  const clocks = new Set(kind.clocks.map(({ name }) => name));
  for (const name of ['acceptance', 'decision', 'issue'] as const)
    if (!clocks.has(name)) wrong.push(`${at}.clocks: there is no ${name}`);
  const checklist = kind.siteCheck.checklist.reduce((sum, { weight }) => sum + weight, 0);
  if (kind.siteCheck.when !== 'none' && checklist !== 100)
    wrong.push(`${at}.siteCheck: the weights add up to ${checklist}, not to 100`);
  if (kind.siteCheck.team[0] > kind.siteCheck.team[1]) wrong.push(`${at}.siteCheck.team: the least is above the most`);
  if (kind.validity !== null && !clocks.has('renewal')) wrong.push(`${at}.clocks: it ends, but has no renewal term`);
  if (kind.numbering.scheme === 'pattern' && kind.numbering.pattern === undefined)
    wrong.push(`${at}.numbering: there is no pattern`);
  if (kind.numbering.scheme === 'pattern' && !/\{sequence:\d\}/.test(kind.numbering.pattern ?? ''))
    wrong.push(`${at}.numbering: the pattern has no sequence`);
  kind.forms.forEach((form, place) => {
    if (place > 0 && form.inForce <= kind.forms[place - 1]!.inForce)
      wrong.push(`${at}.forms: ${form.version} is not later than the version before it`);
  });
  for (const [place, rule] of kind.fees.entries())
    for (const other of kind.fees.slice(place + 1))
      if (
        rule.item.zh === other.item.zh &&
        (rule.until ?? '9999') >= other.from &&
        (other.until ?? '9999') >= rule.from
      )
        wrong.push(`${at}.fees: two amounts of ${rule.item.zh} are in force on the same day`);
  for (const product of kind.commitment?.products ?? [])
    if (product !== '*' && !kind.products.some((one) => one.code === product))
      wrong.push(`${at}.commitment: there is no product ${product}`);
  for (const product of kind.products)
    if (product.policy !== undefined && product.policyBasis === undefined)
      wrong.push(`${at}.products.${product.code}: the policy cites nothing`);
  const pauses = new Set<string>(['test', 'rectification', ...kind.pauses]);
  for (const clock of kind.clocks)
    for (const ground of clock.suspendedBy)
      if (!pauses.has(ground)) wrong.push(`${at}.clocks.${clock.name}: nothing suspends it for ${ground}`);
  return wrong;
}
