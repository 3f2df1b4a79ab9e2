import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import epcisSchema from '../artefacts/epcis-json-schema-2.0.0.json' with { type: 'json' };

// The CommonJS default export stands one level deeper under Node's own ES modules.
const addFormats = ((addFormatsModule as { default?: unknown }).default ?? addFormatsModule) as (
  ajv: Ajv,
  options: { mode: 'fast' | 'full' },
) => Ajv;

// Patterns of profiles such as that of GDST escape characters that the Unicode mode does not allow to be escaped.
function compile(schema: object, allErrors: boolean): ValidateFunction {
  const ajv = new Ajv({ allErrors, strict: false, verbose: allErrors, unicodeRegExp: schema === epcisSchema });
  addFormats(ajv, { mode: 'full' });
  // Profiles refer to the schema by this address too.
  if (schema !== epcisSchema) {
    ajv.addSchema(epcisSchema);
    ajv.addSchema({ ...epcisSchema, $id: 'https://ref.gs1.org/standards/epcis/epcis-json-schema.json' });
  }
  return ajv.compile(schema);
}

interface TwoSpeeds {
  /** Stops at the first error. */
  readonly decide: ValidateFunction;
  /** Finds all errors; compiled when first needed. */
  readonly explain: () => ValidateFunction;
}

function twoSpeeds(schema: object): TwoSpeeds {
  let explain: ValidateFunction | undefined;
  return {
    decide: compile(schema, false),
    explain: () => {
      explain ??= compile(schema, true);
      return explain;
    },
  };
}

let epcis: TwoSpeeds | undefined;

/** Whether a value is valid by the EPCIS 2.0.0 JSON Schema of GS1 (the copy of ref.gs1.org). */
export function matchesEpcisSchema(value: unknown): boolean {
  epcis ??= twoSpeeds(epcisSchema);
  return epcis.decide(value) as boolean;
}

/** Every error that the EPCIS 2.0.0 JSON Schema finds, as Ajv gives them. */
export function epcisSchemaErrors(value: unknown): readonly ErrorObject[] {
  epcis ??= twoSpeeds(epcisSchema);
  const explain = epcis.explain();
  return explain(value) ? [] : (explain.errors ?? []);
}

/** The same for a profile: a JSON Schema (draft 7) of a sector, such as those of GDST or FSMA 204. */
export function profileErrors(schema: object): (value: unknown) => readonly ErrorObject[] {
  const speeds = twoSpeeds(schema);
  return (value) => {
    if (speeds.decide(value)) return [];
    const explain = speeds.explain();
    return explain(value) ? [] : (explain.errors ?? []);
  };
}
