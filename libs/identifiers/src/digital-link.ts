import { type ApplicationIdentifier, applicationIdentifiers } from './application-identifiers.ts';
import { Collection, checkElements, type Gs1Element, unknownIdentifier } from './element-string.ts';
import { type Checked, IdentifierError, type IssuerOption, type Problem, settle } from './result.ts';
import { remark, type Subject } from './shape.ts';

/** A GS1 Digital Link URI taken apart (GS1 Digital Link Standard: URI Syntax, uncompressed). */
export interface DigitalLink {
  /** Scheme, host and path before the key: `https://id.gs1.org` or `https://example.com/some/stem`. */
  readonly stem: string;
  readonly key: Gs1Element;
  readonly qualifiers: readonly Gs1Element[];
  readonly attributes: readonly Gs1Element[];
  /** Key, qualifiers and attributes in the order of the URI. */
  readonly elements: readonly Gs1Element[];
  /** Query parameters that are no application identifiers, undecoded. */
  readonly otherParameters: readonly string[];
}

const SUBJECT: Subject = { code: 'digital-link', zh: 'GS1数字链接', en: 'GS1 Digital Link' };
const URI_CHARACTERS = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/u;
const STEM = /^(?:https?|HTTPS?):\/\/([A-Za-z0-9.-]+)(?::\d{1,5})?(?=\/|$)/;
const SHORT_GTIN = new Set([8, 12, 13]);

/**
 * Reads a Digital Link. Only numeric identifiers are understood. A GTIN in the path must have 14 digits; with
 * `issuedBy: 'others'` one of 8, 12 or 13 is padded with a warning, as older codes carry it.
 */
export function parseDigitalLink(uri: string, options: IssuerOption = {}): Checked<DigitalLink> {
  const strange = URI_CHARACTERS.exec(uri);
  if (strange !== null)
    return refuse(
      problem('character', strange.index, strange[0], undefined, '不允许出现在网址中', 'no URI may contain it'),
    );
  const origin = STEM.exec(uri)?.[0];
  if (origin === undefined) {
    return refuse(
      problem(
        'address',
        0,
        uri.slice(0, 8),
        'https://…/',
        '应以“http(s)://域名/”开头',
        'it must begin with http(s)://host/',
      ),
    );
  }
  const [address] = uri.split('#') as [string];
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  const segments = segmentsOf(path, origin.length);
  const keyAt = findKey(segments);
  if (keyAt === undefined) {
    return refuse(
      problem(
        'key',
        origin.length,
        path.slice(origin.length),
        '/01/…',
        '路径中没有主标识符',
        'the path holds no primary key',
      ),
    );
  }
  const collected = new Collection(options);
  const key = applicationIdentifiers.get(segments[keyAt]!.text)!;
  readPath(segments.slice(keyAt), key, options, collected);
  const inPath = collected.elements.length;
  const otherParameters = mark < 0 ? [] : readQuery(address, mark + 1, key, collected);
  return settle(collected.problems, collected.warnings, () => ({
    stem: path.slice(0, segments[keyAt]!.at - 1),
    key: collected.elements[0]!,
    qualifiers: collected.elements.slice(1, inPath),
    attributes: collected.elements.slice(inPath),
    elements: collected.elements,
    otherParameters,
  }));
}

/**
 * Builds a Digital Link. The first element that can be a primary key becomes the key, its qualifiers follow in the
 * order of the standard, everything else goes to the query, predefined lengths first.
 * @param options.stem address before the key; default `https://id.gs1.org`
 * @throws IdentifierError when there is no key, an element may not stand in a link, or a value does not fit
 */
export function composeDigitalLink(elements: readonly Gs1Element[], options: { readonly stem?: string } = {}): string {
  const checked = checkElements(elements);
  const stem = (options.stem ?? 'https://id.gs1.org').replace(/\/$/, '');
  if (!STEM.test(stem) || /[?#]/.test(stem) || URI_CHARACTERS.test(stem)) {
    throw new IdentifierError([
      problem('address', 0, stem, 'https://…', '网址前缀应为“http(s)://域名”', 'the stem must be http(s)://host'),
    ]);
  }
  const keyElement = checked.find((element) => identifierOf(element).qualifiers !== undefined);
  if (keyElement === undefined) {
    throw new IdentifierError([problem('key', 0, undefined, '01', '缺少主标识符', 'there is no primary key')]);
  }
  const key = identifierOf(keyElement);
  const qualifiers = chooseQualifiers(key, checked);
  const attributes = checked.filter((element) => element !== keyElement && !qualifiers.includes(element));
  for (const attribute of attributes) {
    if (!isAttributeOf(key, identifierOf(attribute))) throw new IdentifierError([misplaced(attribute.identifier, 0)]);
  }
  const path = [keyElement, ...qualifiers].map(({ identifier, value }) => `/${identifier}/${encode(value)}`).join('');
  const ordered = [
    ...attributes.filter((element) => identifierOf(element).predefined),
    ...attributes.filter((element) => !identifierOf(element).predefined),
  ];
  const query = ordered.map(({ identifier, value }) => `${identifier}=${encode(value)}`).join('&');
  return stem + path + (query === '' ? '' : `?${query}`);
}

interface Segment {
  readonly text: string;
  /** Index of its first character in the URI. */
  readonly at: number;
}

function segmentsOf(path: string, start: number): Segment[] {
  let at = start + 1;
  return path
    .slice(start + 1)
    .split('/')
    .map((text) => {
      const segment = { text, at };
      at += text.length + 1;
      return segment;
    });
}

// Identifiers and values alternate from the end of the path, so the key is looked for in every second segment.
function findKey(segments: readonly Segment[]): number | undefined {
  for (let index = segments.length - 2; index >= 0; index -= 2) {
    if (applicationIdentifiers.get(segments[index]!.text)?.qualifiers !== undefined) return index;
  }
  return undefined;
}

function readPath(
  segments: readonly Segment[],
  key: ApplicationIdentifier,
  options: IssuerOption,
  collected: Collection,
): void {
  const codes: string[] = [];
  for (let index = 0; index < segments.length; index += 2) {
    const [name, written] = [segments[index]!, segments[index + 1]!];
    const identifier = applicationIdentifiers.get(name.text);
    if (identifier === undefined) {
      collected.problems.push(unknownIdentifier(name.text, name.at));
      return;
    }
    if (index > 0) codes.push(name.text);
    if (!key.qualifiers!.some((sequence) => isOrderedSubset(codes, sequence))) {
      const expected = key.qualifiers!.map((sequence) => sequence.join('/')).join(' | ');
      const zh = `（${key.code}）之后的限定符应按规定顺序出现`;
      const place = [name.at, name.text, expected] as const;
      collected.problems.push(problem('qualifier', ...place, zh, `qualifiers of (${key.code}) must keep their order`));
      return;
    }
    const value = decode(written.text, false, written.at, collected.problems);
    if (value !== undefined)
      collected.add(identifier, padGtin(identifier, value, written.at, options, collected), written.at);
  }
}

function padGtin(
  identifier: ApplicationIdentifier,
  value: string,
  at: number,
  options: IssuerOption,
  collected: Collection,
): string {
  if (identifier.code !== '01' || options.issuedBy !== 'others' || !SHORT_GTIN.has(value.length)) return value;
  collected.warnings.push(
    problem('short-gtin', at, value, value.padStart(14, '0'), 'GTIN应补足14位', 'a GTIN must have 14 digits'),
  );
  return value.padStart(14, '0');
}

/** Reads `name=value` pairs; returns those that are no application identifiers. */
function readQuery(address: string, start: number, key: ApplicationIdentifier, collected: Collection): string[] {
  const others: string[] = [];
  let at = start;
  for (const parameter of address.slice(start).split('&')) {
    const equals = parameter.indexOf('=');
    const name = equals < 0 ? parameter : parameter.slice(0, equals);
    const identifier = applicationIdentifiers.get(name);
    if (identifier !== undefined) {
      const valueAt = at + name.length + 1;
      const value = decode(equals < 0 ? '' : parameter.slice(equals + 1), true, valueAt, collected.problems);
      if (!isAttributeOf(key, identifier)) collected.problems.push(misplaced(name, at));
      else if (value !== undefined) collected.add(identifier, value, valueAt);
    } else if (/^\d+$/.test(name)) {
      collected.problems.push(unknownIdentifier(name, at));
    } else if (parameter !== '') {
      others.push(parameter);
    }
    at += parameter.length + 1;
  }
  return others;
}

function isAttributeOf(key: ApplicationIdentifier, identifier: ApplicationIdentifier): boolean {
  const qualifies = key.qualifiers!.some((sequence) => sequence.includes(identifier.code));
  return identifier.attribute && !qualifies && identifier.code !== key.code;
}

function chooseQualifiers(key: ApplicationIdentifier, elements: readonly Gs1Element[]): Gs1Element[] {
  const candidates = key.qualifiers!.map((sequence) =>
    sequence.flatMap((code) => elements.find((element) => element.identifier === code) ?? []),
  );
  return candidates.reduce<Gs1Element[]>((best, found) => (found.length > best.length ? found : best), []);
}

function isOrderedSubset(codes: readonly string[], sequence: readonly string[]): boolean {
  let from = 0;
  return codes.every((code) => {
    const index = sequence.indexOf(code, from);
    from = index + 1;
    return index >= 0;
  });
}

function identifierOf(element: Gs1Element): ApplicationIdentifier {
  return applicationIdentifiers.get(element.identifier)!;
}

function decode(text: string, query: boolean, at: number, problems: Problem[]): string | undefined {
  try {
    return decodeURIComponent(query ? text.replaceAll('+', ' ') : text);
  } catch {
    problems.push(problem('encoding', at, text, '%XX', '百分号编码有误', 'the percent encoding is broken'));
    return undefined;
  }
}

function encode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function misplaced(code: string, at: number): Problem {
  return problem(
    'attribute',
    at,
    code,
    undefined,
    `应用标识符（${code}）不能放在查询部分`,
    `(${code}) may not stand in the query`,
  );
}

function refuse(found: Problem): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [found] };
}

function problem(
  suffix: string,
  at: number,
  found: string | undefined,
  expected: string | undefined,
  zh: string,
  en: string,
): Problem {
  const place = {
    position: at + 1,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  };
  return remark(
    SUBJECT,
    suffix,
    place,
    `GS1数字链接第${at + 1}位：${zh}。`,
    `GS1 Digital Link, character ${at + 1}: ${en}.`,
  );
}
