import { eventsOf } from '../documents.ts';
import { eventHash, isEventHash } from '../hash/event-hash.ts';
import type { AnyEpcisDocument, EpcisEvent } from '../model.ts';
import { extendNamespaces, STANDARD_NAMESPACES } from '../namespaces.ts';
import type { EpcisProblem, EpcisResult } from '../problems.ts';
import { readXml, type XmlContent } from '../xml/read-xml.ts';
import { validateXml } from '../xml/validate-xml.ts';
import { explainSchemaErrors } from './explain.ts';
import { locateJsonError } from './locate-json-error.ts';
import { checkMeaning, type MeaningReport } from './meaning.ts';
import { epcisSchemaErrors, matchesEpcisSchema, profileErrors } from './schema.ts';

/** What a validation checks beside the standard. */
export interface ValidateOptions {
  /** Also compare every eventID that is an event hash with the hash of its event; default false. */
  readonly hashes?: boolean;
}

/** What is wrong with a document or an event. */
export interface ValidationReport {
  /** True when neither structure nor meaning has a problem. */
  readonly valid: boolean;
  /** What the schema does not allow. */
  readonly structure: readonly EpcisProblem[];
  /** What the standard asks beyond its schema. */
  readonly meaning: readonly EpcisProblem[];
  readonly warnings: readonly EpcisProblem[];
}

const NOTHING: readonly EpcisProblem[] = [];

/**
 * Validates a parsed JSON-LD document (`EPCISDocument`, `EPCISQueryDocument`) or a bare event: first by the JSON Schema of
 * GS1, then what the standard asks beyond it. A value that is valid can be used as `AnyEpcisDocument | EpcisEvent`.
 */
export function validateJson(value: unknown, options: ValidateOptions = {}): ValidationReport {
  if (!matchesEpcisSchema(value)) {
    return {
      valid: false,
      structure: explainSchemaErrors(epcisSchemaErrors(value)),
      meaning: explainMeaning(value),
      warnings: NOTHING,
    };
  }
  const report = emptyReport();
  checkContent(value as AnyEpcisDocument | EpcisEvent, options, report);
  return {
    valid: report.problems.length === 0,
    structure: NOTHING,
    meaning: report.problems,
    warnings: report.warnings,
  };
}

/** A schema says that alternatives fail; the rules behind them say why. What cannot be read has no meaning to explain. */
function explainMeaning(value: unknown): readonly EpcisProblem[] {
  const report = emptyReport();
  try {
    checkContent(value as AnyEpcisDocument | EpcisEvent, {}, report);
  } catch {
    return NOTHING;
  }
  return report.problems;
}

function checkContent(content: AnyEpcisDocument | EpcisEvent, options: ValidateOptions, report: MeaningReport): void {
  if (content.type === 'EPCISDocument' || content.type === 'EPCISQueryDocument') {
    const list =
      content.type === 'EPCISDocument' ? '/epcisBody/eventList' : '/epcisBody/queryResults/resultsBody/eventList';
    checkEvents(content, (index) => `${list}/${index}`, options, report);
  } else {
    checkEvent(content as EpcisEvent, STANDARD_NAMESPACES, '', options, report);
  }
}

function emptyReport(): MeaningReport {
  return { problems: [], warnings: [] };
}

function checkEvents(
  document: AnyEpcisDocument,
  pathOf: (index: number) => string,
  options: ValidateOptions,
  report: MeaningReport,
): void {
  const namespaces = extendNamespaces(STANDARD_NAMESPACES, document['@context']);
  const events = eventsOf(document);
  for (let index = 0; index < events.length; index++)
    checkEvent(events[index]!, namespaces, pathOf(index), options, report);
}

function checkEvent(
  event: EpcisEvent,
  namespaces: ReadonlyMap<string, string>,
  path: string,
  options: ValidateOptions,
  report: MeaningReport,
): void {
  // Event types of vendors are allowed; what they mean is theirs.
  if (event.type.includes(':')) return;
  checkMeaning(event, namespaces, path, report);
  if (options.hashes !== true || event.eventID === undefined || !isEventHash(event.eventID)) return;
  const expected = eventHash(event, { namespaces });
  if (expected === event.eventID.replace(/\?ver=CBV[\d.]+$/, '?ver=CBV2.0')) return;
  const zh = '“eventID”与按事件内容算得的散列值不同。';
  const en = '“eventID” is not the hash of this event.';
  report.problems.push({ code: 'event-hash-differs', path: `${path}/eventID`, zh, en, found: event.eventID, expected });
}

/** Reads and validates JSON text; a text that cannot be parsed has one problem with line and column. */
export function validateJsonText(text: string, options: ValidateOptions = {}): ValidationReport {
  const parsed = parseJson(text);
  return parsed.ok
    ? validateJson(parsed.value, options)
    : { valid: false, structure: parsed.problems, meaning: NOTHING, warnings: NOTHING };
}

/** Parses JSON text, with or without byte order mark. */
export function parseJson(text: string): EpcisResult<unknown> {
  try {
    return { ok: true, value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text), warnings: [] };
  } catch (error) {
    const reason = (error as Error).message;
    const en = `The text is no JSON: ${reason}.`;
    return {
      ok: false,
      problems: [
        { code: 'json-not-well-formed', path: '', zh: `不是有效的JSON：${reason}。`, en, ...locateJsonError(text) },
      ],
    };
  }
}

/** Reads XML and validates structure and meaning; the content comes with the report where it could be read. */
export function validateXmlText(
  text: string,
  options: ValidateOptions = {},
): ValidationReport & { readonly content?: XmlContent } {
  const structure = validateXml(text);
  const read = readXml(text);
  if (!read.ok) {
    const problems = structure.length > 0 ? structure : read.problems;
    return { valid: false, structure: problems, meaning: NOTHING, warnings: NOTHING };
  }
  const report = emptyReport();
  if (structure.length === 0 && read.value.kind === 'document') {
    const list = read.value.document.type === 'EPCISDocument' ? 'EPCISDocument' : 'EPCISQueryDocument';
    checkEvents(read.value.document, (index) => `/${list}[1]//EventList[1]/*[${index + 1}]`, options, report);
  }
  return {
    valid: structure.length + report.problems.length === 0,
    structure,
    meaning: report.problems,
    warnings: report.warnings,
    content: read.value,
  };
}

/**
 * Makes a validator for the profile of a sector, a JSON Schema of draft 7 such as those of GDST or FSMA 204. It answers
 * with the same kind of problems.
 */
export function createProfileValidator(schema: object): (value: unknown) => EpcisProblem[] {
  const errorsOf = profileErrors(schema);
  return (value) => explainSchemaErrors(errorsOf(value));
}
