import type { Verdict } from '@hengjian/statistics';
import { parseResult, StatisticsError } from '@hengjian/statistics';
import type { Report } from './content.ts';

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[<>&"]/g, (sign) => escapes[sign]!);

type Child = string | null;
/** An element with children, or with text. */
const element = (name: string, ...children: readonly Child[]): string =>
  `<${name}>${children.filter((child) => child !== null).join('')}</${name}>`;
const text = (name: string, value: string | null | undefined): Child =>
  value === null || value === undefined || value === '' ? null : `<${name}>${escaped(value)}</${name}>`;
const words = (name: string, value: string): string => element(name, text('dcc:content', value));

const prefixes: Readonly<Record<string, string>> = {
  G: '\\giga',
  M: '\\mega',
  k: '\\kilo',
  h: '\\hecto',
  d: '\\deci',
  c: '\\centi',
  m: '\\milli',
  μ: '\\micro',
  n: '\\nano',
  p: '\\pico',
};
const symbols: Readonly<Record<string, string>> = {
  g: '\\gram',
  t: '\\tonne',
  L: '\\litre',
  m: '\\metre',
  N: '\\newton',
  Pa: '\\pascal',
  J: '\\joule',
  W: '\\watt',
  V: '\\volt',
  A: '\\ampere',
  Ω: '\\ohm',
  Hz: '\\hertz',
  Bq: '\\becquerel',
  s: '\\second',
  min: '\\minute',
  h: '\\hour',
  d: '\\day',
  '°C': '\\degreecelsius',
  '%': '\\percent',
};

function siPart(part: string): string | null {
  const [, symbol = '', power = ''] = /^(.+?)([23]?)$/.exec(part) ?? [];
  const bare = symbols[symbol];
  const prefixed = symbols[symbol.slice(1)];
  const prefix = prefixes[symbol.slice(0, 1)];
  const unit = bare ?? (prefix !== undefined && prefixed !== undefined ? `${prefix}${prefixed}` : null);
  return unit === null ? null : `${unit}${power === '' ? '' : `\\tothe{${power}}`}`;
}

/** A unit in the notation of D-SI, `mg/kg` as `\milli\gram\per\kilo\gram`; null where it has no spelling there (CFU, dB(A), 级). */
export function siUnit(unit: string): string | null {
  if (unit === '1') return '\\one';
  const [over = '', under, ...more] = unit.split('/');
  if (more.length > 0) return null;
  const parts = [...over.split('·').map(siPart), ...(under === undefined ? [] : [siPart(under)])];
  if (parts.includes(null)) return null;
  return under === undefined ? parts.join('') : `${parts.slice(0, -1).join('')}\\per${parts.at(-1)}`;
}

/** Value, unit and uncertainty of a verdict's result, where it is one amount in a unit that D-SI can spell. */
function quantityOf({ input }: Verdict): string | null {
  let result = input.result;
  if (typeof result === 'string') {
    try {
      result = parseResult(result, input.unit);
    } catch (error) {
      if (error instanceof StatisticsError) return null;
      throw error;
    }
  }
  const unit = result.kind === 'value' ? siUnit(result.unit) : null;
  if (result.kind !== 'value' || unit === null) return null;
  const { uncertainty } = input;
  const stated =
    uncertainty === undefined || (uncertainty.unit ?? result.unit) !== result.unit
      ? null
      : element(
          'si:measurementUncertaintyUnivariate',
          element(
            'si:expandedMU',
            text('si:valueExpandedMU', uncertainty.expanded),
            text('si:coverageFactor', uncertainty.coverageFactor),
            text('si:coverageProbability', '0.95'),
          ),
        );
  return element('si:real', text('si:value', result.value), text('si:unit', unit), stated);
}

const identifier = (value: string): string =>
  element('dcc:identification', text('dcc:issuer', 'calibrationLaboratory'), text('dcc:value', value));

/**
 * The report in the structure of the digital calibration certificate (DCC 3.3.0 with D-SI quantities), so that software that reads
 * certificates reads test results too: who, for whom, which item, which method, value with unit and uncertainty. Verdicts and
 * results that are no quantity stand as text. A companion: the JSON is what hash and seal are over (practice W18).
 */
export function certificateOf(report: Report): string {
  const { sample, body, client, corrects } = report;
  const results = report.results.map(({ item, method, value, unit, limit, clause, verdict, decision }) => {
    const quantity = quantityOf(verdict);
    const written = unit === null || unit === '1' || value.includes(unit) ? value : `${value} ${unit}`;
    return element(
      'dcc:measurementResult',
      words('dcc:name', item),
      element('dcc:usedMethods', element('dcc:usedMethod', words('dcc:name', method), text('dcc:norm', method))),
      element(
        'dcc:results',
        element(
          'dcc:result',
          words('dcc:name', item),
          words('dcc:description', `${limit}（${clause}${decision ? `；${decision}` : ''}）：${verdict.verdict}`),
          element(
            'dcc:data',
            quantity === null ? words('dcc:text', written) : element('dcc:quantity', words('dcc:name', item), quantity),
          ),
        ),
      ),
    );
  });
  const administrative = element(
    'dcc:administrativeData',
    element(
      'dcc:dccSoftware',
      element('dcc:software', words('dcc:name', 'Hengjian'), text('dcc:release', report.form)),
    ),
    element(
      'dcc:coreData',
      text('dcc:countryCodeISO3166_1', 'CN'),
      text('dcc:usedLangCodeISO639_1', 'zh'),
      text('dcc:mandatoryLangCodeISO639_1', 'zh'),
      text('dcc:uniqueIdentifier', `${report.number}/${report.revision}`),
      text('dcc:receiptDate', sample.receivedOn),
      text('dcc:beginPerformanceDate', sample.receivedOn),
      text('dcc:endPerformanceDate', report.reportedOn),
      text('dcc:performanceLocation', 'laboratory'),
      text('dcc:issueDate', report.reportedOn),
      corrects === null
        ? null
        : element(
            'dcc:reportAmendedSubstituted',
            text('dcc:typeOfChange', 'substituted'),
            text('dcc:replacedUniqueIdentifier', `${report.number}/${corrects.revision}`),
          ),
    ),
    element(
      'dcc:items',
      element(
        'dcc:item',
        words('dcc:name', sample.name),
        element(
          'dcc:identifications',
          identifier(sample.blindCode),
          ...[sample.batch, sample.seal].map((value) => (value === null ? null : identifier(value))),
        ),
      ),
    ),
    element(
      'dcc:calibrationLaboratory',
      text('dcc:calibrationLaboratoryCode', `${body.mark} ${body.certificate}`),
      element('dcc:contact', words('dcc:name', body.name), element('dcc:location', text('dcc:countryCode', 'CN'))),
    ),
    element(
      'dcc:respPersons',
      element(
        'dcc:respPerson',
        element('dcc:person', words('dcc:name', report.signedBy)),
        text('dcc:mainSigner', 'true'),
      ),
    ),
    element(
      'dcc:customer',
      words('dcc:name', client.name),
      element(
        'dcc:location',
        client.address === null ? null : words('dcc:further', client.address),
        text('dcc:countryCode', 'CN'),
      ),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" schemaVersion="3.3.0">${administrative}${element('dcc:measurementResults', ...results)}</dcc:digitalCalibrationCertificate>\n`;
}
