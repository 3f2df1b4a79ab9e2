import { SaxesParser } from 'saxes';
import type { EpcisProblem } from '../problems.ts';

export interface XmlAttribute {
  readonly prefix: string;
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
}

export interface XmlElement {
  readonly prefix: string;
  readonly namespace: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  /** Character data directly inside, comments left out. */
  text: string;
  /** Value of `xsi:type` with its prefix resolved; the namespace is undefined when the prefix is not declared. */
  readonly type?: { readonly namespace: string | undefined; readonly local: string };
  readonly line: number;
  readonly column: number;
  readonly parent: XmlElement | undefined;
}

export interface XmlTree {
  readonly root: XmlElement;
  /** Every prefix declared anywhere, with the namespace of its first declaration. */
  readonly prefixes: ReadonlyMap<string, string>;
}

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Reads well-formed XML. A DOCTYPE may name the root but not define anything, so no entity can grow. */
export function readXmlTree(text: string): XmlTree | EpcisProblem {
  const prefixes = new Map<string, string>();
  let problem: EpcisProblem | undefined;
  let root: XmlElement | undefined;
  let current: XmlElement | undefined;
  const parser = new SaxesParser({ xmlns: true, position: true });
  const stop = (code: string, zh: string, en: string): void => {
    problem ??= { code, path: '', zh, en, line: parser.line, column: parser.columnIndex + 1 };
  };
  parser.on('error', (error) => {
    const reason = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    stop('xml-not-well-formed', `XML格式有误：${reason}。`, `The XML is not well-formed: ${reason}.`);
  });
  parser.on('doctype', (declaration) => {
    if (!/[[]|SYSTEM|PUBLIC/.test(declaration)) return;
    const en = 'The XML must not define entities or name another file in its DOCTYPE.';
    stop('xml-doctype', 'XML的DOCTYPE不得定义实体或引用其他文件。', en);
  });
  parser.on('opentag', (tag) => {
    if (problem !== undefined) return;
    const attributes: XmlAttribute[] = [];
    let type: XmlElement['type'];
    for (const name in tag.attributes) {
      const { prefix, local, uri, value } = tag.attributes[name]!;
      if (uri === XMLNS || name === 'xmlns') {
        const declared = name === 'xmlns' ? '' : local;
        if (declared !== '' && !prefixes.has(declared)) prefixes.set(declared, value);
        continue;
      }
      if (uri === XSI && local === 'type') {
        const [left = '', right] = value.trim().split(':');
        type =
          right === undefined
            ? { namespace: parser.resolve('') ?? '', local: left }
            : { namespace: parser.resolve(left), local: right };
      }
      attributes.push({ prefix, namespace: uri, local, value });
    }
    const element: XmlElement = {
      prefix: tag.prefix,
      namespace: tag.uri,
      local: tag.local,
      attributes,
      children: [],
      text: '',
      ...(type === undefined ? {} : { type }),
      line: parser.line,
      column: parser.columnIndex + 1,
      parent: current,
    };
    if (current === undefined) root = element;
    else current.children.push(element);
    current = element;
  });
  parser.on('closetag', () => {
    current = current?.parent;
  });
  const addText = (piece: string): void => {
    if (current !== undefined) current.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  // A byte order mark and blanks before the declaration are common in files and harmless.
  parser.write(text.replace(/^\uFEFF?\s*/, '')).close();
  return problem ?? { root: root!, prefixes };
}

/** `/EPCISDocument[1]/EPCISBody[1]/…`: local names with positions among equal siblings. */
export function xpathOf(element: XmlElement): string {
  const steps: string[] = [];
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const { local, parent } = at;
    const equals = parent === undefined ? [at] : parent.children.filter((sibling) => sibling.local === local);
    steps.unshift(`${local}[${equals.indexOf(at) + 1}]`);
  }
  return `/${steps.join('/')}`;
}

/** The first child without namespace by that name. */
export function childOf(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((child) => child.local === local);
}

/** The value of an attribute without namespace. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.local === local && attribute.namespace === '')?.value;
}
