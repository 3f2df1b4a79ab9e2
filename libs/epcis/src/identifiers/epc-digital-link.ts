import { parseDigitalLink } from '@hengjian/identifiers';
import { brief, type EpcisProblem, type EpcisResult } from '../problems.ts';
import { CANONICAL_STEM, canonicalLinkOfDigitalLink, canonicalLinkOfEpcUri } from './canonical-uri.ts';
import type { CompanyPrefixLength } from './company-prefix.ts';
import { schemeOfElements } from './epc-schemes.ts';
import { composeEpcUri, parseEpcUri } from './epc-uri.ts';

/**
 * EPC URI (instance, lot, or class pattern such as `urn:epc:idpat:sgtin:0614141.112345.*`) → GS1 Digital Link.
 * @param options.stem address before the key; default `https://id.gs1.org`
 */
export function digitalLinkOfEpcUri(uri: string, options: { readonly stem?: string } = {}): EpcisResult<string> {
  const parsed = parseEpcUri(uri);
  if (!parsed.ok) return parsed;
  const link = canonicalLinkOfEpcUri(uri);
  if (link === undefined) {
    return refuse(
      uri,
      'epc-uri-no-link',
      '该模式不能用一条数字链接表示',
      'no single Digital Link stands for this pattern',
    );
  }
  const stem = options.stem?.replace(/\/$/, '') ?? CANONICAL_STEM;
  return { ok: true, value: stem + link.slice(CANONICAL_STEM.length), warnings: [] };
}

/**
 * GS1 Digital Link → EPC URI: an instance where the link names one, `urn:epc:class:lgtin` for a lot, otherwise the class
 * pattern. Where the company prefix ends is looked up, never guessed.
 * @param lookup lengths of company prefixes, for instance `gs1CompanyPrefixLength` of `@hengjian/epcis/company-prefixes`
 */
export function epcUriOfDigitalLink(uri: string, lookup: CompanyPrefixLength): EpcisResult<string> {
  // Short names are written out first; what is left goes through the strict reader with its reasons.
  const plain = /\/(?:gtin|sscc|gdti|gcn|ginc|gsin|gln|party|grai|giai|itip|cpid|gsrnp?)\//i.test(uri)
    ? (canonicalLinkOfDigitalLink(uri) ?? uri)
    : uri;
  const parsed = parseDigitalLink(plain, { issuedBy: 'others' });
  if (!parsed.ok) {
    return { ok: false, problems: parsed.problems.map((problem) => ({ ...problem, path: '', found: brief(uri) })) };
  }
  const { key, qualifiers } = parsed.value;
  const scheme = schemeOfElements([key, ...qualifiers]);
  if (scheme === undefined) {
    return refuse(uri, 'link-no-epc', '没有对应的EPC方案', 'no EPC scheme stands for this key');
  }
  const digits = /^\d*/.exec(key.value.slice(scheme.prefixAt))![0];
  const length = lookup(digits);
  if (length === undefined || length > digits.length) {
    const en = 'the length of its GS1 company prefix is not known';
    return refuse(uri, 'company-prefix-unknown', '厂商识别代码的长度未知', en);
  }
  const qualifier = qualifiers.find((element) => element.identifier === scheme.qualifier)?.value;
  const parts = scheme.divide(key.value, qualifier, length);
  const warnings: EpcisProblem[] = parsed.warnings.map((problem) => ({ ...problem, path: '' }));
  const carried = new Set([scheme.qualifier]);
  for (const { identifier } of qualifiers) {
    if (carried.has(identifier)) continue;
    const zh = `EPC网址不能表示限定符（${identifier}），已略去。`;
    warnings.push({
      code: 'link-qualifier-lost',
      path: '',
      zh,
      en: `An EPC URI cannot carry (${identifier}); it is left out.`,
    });
  }
  if (parts.length === scheme.size) {
    return { ok: true, value: composeEpcUri(scheme.name === 'lgtin' ? 'class' : 'id', scheme, parts), warnings };
  }
  return { ok: true, value: composeEpcUri('pattern', scheme, [...parts, '*']), warnings };
}

function refuse(uri: string, code: string, zh: string, en: string): { ok: false; problems: EpcisProblem[] } {
  const found = brief(uri);
  return { ok: false, problems: [{ code, path: '', zh: `“${found}”：${zh}。`, en: `“${found}”: ${en}.`, found }] };
}
