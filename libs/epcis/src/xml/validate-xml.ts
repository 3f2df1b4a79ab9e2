import { brief, type EpcisProblem } from '../problems.ts';
import { findRoot, type Grammar, type GrammarType, type Particle, type Space } from './grammar.ts';
import { isOfSimpleType, isSimpleType, nameSimpleType, simpleTypeOfXsd } from './simple-types.ts';
import { readXmlTree, type XmlElement, XSI, xpathOf } from './tree.ts';

const SBDH = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';
const XSD = 'http://www.w3.org/2001/XMLSchema';

interface Scope {
  readonly grammar: Grammar;
  readonly query: string;
  /** Namespace of the schema that a type belongs to: `##other` is everything but that and none. */
  readonly target: string;
  readonly problems: EpcisProblem[];
}

/**
 * Checks the structure of EPCIS XML as the schemas of EPCIS 2.0 and 1.2 ask for it (chosen by the namespace of the root),
 * with a sentence, an XPath, line and column for each thing that is wrong.
 */
export function validateXml(text: string): EpcisProblem[] {
  const tree = readXmlTree(text);
  if ('code' in tree) return [tree];
  const { root } = tree;
  const found = findRoot(root.namespace, root.local);
  if (found === undefined) {
    const name = root.namespace === '' ? root.local : `{${root.namespace}}${root.local}`;
    return [
      report(
        root,
        'xml-root-unknown',
        `根元素“${name}”不是EPCIS文档。`,
        `The root element “${name}” is no EPCIS document.`,
      ),
    ];
  }
  const scope: Scope = { grammar: found.grammar, query: found.query, target: found.target, problems: [] };
  checkType(root, found.type, scope);
  return scope.problems;
}

function report(
  element: XmlElement,
  code: string,
  zh: string,
  en: string,
  more: Partial<EpcisProblem> = {},
): EpcisProblem {
  return { code, path: xpathOf(element), zh, en, line: element.line, column: element.column, ...more };
}

function checkType(element: XmlElement, type: GrammarType, scope: Scope): void {
  checkAttributes(element, type, scope);
  const { content } = type;
  if ('simple' in content) {
    checkSimple(element, content.simple, scope);
  } else if ('any' in content) {
    checkLax(element, scope);
  } else {
    if (element.text.trim() !== '') {
      const found = brief(element.text.trim());
      const zh = `“${element.local}”内不应有文字“${found}”。`;
      scope.problems.push(
        report(element, 'xml-text', zh, `“${element.local}” may not hold the text “${found}”.`, { found }),
      );
    }
    new ContentCheck(element, content.parts, scope).run();
  }
}

function checkAttributes(element: XmlElement, type: GrammarType, scope: Scope): void {
  for (const [name, { type: simple, required }] of type.attributes) {
    const attribute = element.attributes.find((one) => one.local === name && one.namespace === '');
    if (attribute === undefined) {
      if (!required) continue;
      const zh = `“${element.local}”缺少属性“${name}”。`;
      scope.problems.push(
        report(element, 'xml-attribute-missing', zh, `“${element.local}” lacks the attribute “${name}”.`),
      );
    } else if (!isOfSimpleType(simple, attribute.value)) {
      const found = brief(attribute.value);
      const { zh, en } = nameSimpleType(simple);
      const chinese = `“${element.local}”的属性“${name}”应为${zh}，现为“${found}”。`;
      const english = `The attribute “${name}” of “${element.local}” must be ${en}, not “${found}”.`;
      scope.problems.push(report(element, 'xml-attribute-value', chinese, english, { found, expected: en }));
    }
  }
  checkInstanceType(element, scope);
  if (type.openAttributes) return;
  for (const { namespace, local } of element.attributes) {
    if (namespace === XSI || (namespace === '' && type.attributes.has(local))) continue;
    const zh = `“${element.local}”不能有属性“${local}”。`;
    scope.problems.push(
      report(element, 'xml-attribute-unknown', zh, `“${element.local}” has no attribute “${local}”.`),
    );
  }
}

function checkInstanceType(element: XmlElement, scope: Scope): void {
  if (element.type === undefined) return;
  const { namespace, local } = element.type;
  if (namespace === undefined) {
    const zh = `xsi:type“${local}”的命名空间前缀未声明。`;
    scope.problems.push(
      report(element, 'xml-prefix-undeclared', zh, `The prefix of xsi:type “${local}” is not declared.`),
    );
  } else if (namespace === XSD) {
    const simple = simpleTypeOfXsd(local);
    if (simple !== undefined) checkSimple(element, simple, scope);
  }
}

function checkSimple(element: XmlElement, simple: string, scope: Scope): void {
  const nil = element.attributes.some(
    (one) => one.namespace === XSI && one.local === 'nil' && /^(?:true|1)$/.test(one.value),
  );
  if (nil && simple === 'decimal' && element.text.trim() === '') return;
  if (element.children.length > 0) {
    const zh = `“${element.local}”内不应有元素“${element.children[0]!.local}”。`;
    scope.problems.push(
      report(element, 'xml-element-unexpected', zh, `“${element.local}” may not hold “${element.children[0]!.local}”.`),
    );
    return;
  }
  if (isOfSimpleType(simple, element.text)) return;
  const found = brief(element.text.trim());
  const { zh, en } = nameSimpleType(simple);
  const chinese = `“${element.local}”应为${zh}，现为“${found}”。`;
  const english = `“${element.local}” must be ${en}, not “${found}”.`;
  scope.problems.push(report(element, 'xml-value', chinese, english, { found, expected: en }));
}

/** Inside extensions only declared types are held to their word. */
function checkLax(element: XmlElement, scope: Scope): void {
  for (const child of element.children) {
    checkInstanceType(child, scope);
    checkLax(child, scope);
  }
}

/** Walks the children of one element along its content model. */
class ContentCheck {
  private at = 0;
  /** What could still have stood at the end of the outermost sequence. */
  private pending: readonly Particle[] = [];
  private readonly element: XmlElement;
  private readonly parts: readonly Particle[];
  private readonly scope: Scope;

  constructor(element: XmlElement, parts: readonly Particle[], scope: Scope) {
    this.element = element;
    this.parts = parts;
    this.scope = scope;
  }

  run(): void {
    const { children } = this.element;
    this.pending = this.parts;
    const ended = this.sequence(this.parts);
    if (ended && this.at >= children.length) return;
    if (ended) this.misplaced(children[this.at]!, firstNames(this.pending));
    // What comes after the wrong place is still looked at, element by element.
    for (const child of children.slice(this.at)) {
      const part = findElement(this.parts, child, this.scope);
      if (part !== undefined) this.check(child, part.type);
    }
  }

  /** False when something needed is missing; the problem is then noted. */
  private sequence(parts: readonly Particle[]): boolean {
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index]!;
      let count = 0;
      while (count < part.max && this.at < this.element.children.length && this.begins(part)) {
        if (!this.once(part)) return false;
        count++;
      }
      if (count > 0 && parts === this.parts) this.pending = parts.slice(count < part.max ? index : index + 1);
      if (count >= part.min || isNullable(part)) continue;
      this.missing(parts.slice(index));
      return false;
    }
    return true;
  }

  private once(part: Particle): boolean {
    const child = this.element.children[this.at]!;
    if (part.kind === 'element') {
      this.at++;
      this.check(child, part.type);
      return true;
    }
    if (part.kind === 'any') {
      this.at++;
      checkInstanceType(child, this.scope);
      checkLax(child, this.scope);
      return true;
    }
    if (!part.choice) return this.sequence(part.parts);
    return this.once(part.parts.find((one) => this.begins(one))!);
  }

  private check(child: XmlElement, typeName: string): void {
    if (isSimpleType(typeName)) {
      if (typeName !== 'string' || child.attributes.length > 0) this.plainAttributes(child);
      checkSimple(child, typeName, this.scope);
      return;
    }
    if (typeName === 'any') {
      checkInstanceType(child, this.scope);
      checkLax(child, this.scope);
      return;
    }
    const type = this.scope.grammar.get(typeName);
    if (type === undefined) return;
    const header = child.namespace === SBDH;
    checkType(child, type, header ? { ...this.scope, target: SBDH } : this.scope);
  }

  private plainAttributes(child: XmlElement): void {
    checkInstanceType(child, this.scope);
    for (const { namespace, local } of child.attributes) {
      if (namespace === XSI) continue;
      const zh = `“${child.local}”不能有属性“${local}”。`;
      this.scope.problems.push(
        report(child, 'xml-attribute-unknown', zh, `“${child.local}” has no attribute “${local}”.`),
      );
    }
  }

  private begins(part: Particle): boolean {
    const child = this.element.children[this.at]!;
    return fits(part, child, this.scope);
  }

  private missing(parts: readonly Particle[]): void {
    const expected = firstNames(parts);
    const child = this.element.children[this.at];
    const parent = this.element.local;
    if (
      child !== undefined &&
      (expected.length > 1 || this.element.children.some((one) => one.local === expected[0]))
    ) {
      this.misplaced(child, expected);
      return;
    }
    const zh = `“${parent}”缺少元素：${expected.join('、')}。`;
    const en = `“${parent}” lacks ${expected.join(' or ')}.`;
    this.scope.problems.push(
      report(child ?? this.element, 'xml-element-missing', zh, en, { expected: expected.join(' ') }),
    );
  }

  private misplaced(child: XmlElement, expected: readonly string[]): void {
    const known = findElement(this.parts, child, this.scope) !== undefined;
    const hint = expected.slice(0, 12);
    const parent = this.element.local;
    if (!known && hint.includes(child.local)) {
      const zh = `“${child.local}”不应带有命名空间“${child.namespace}”。`;
      const en = `“${child.local}” stands in the namespace “${child.namespace}” where it must have none.`;
      const code = 'xml-namespace';
      this.scope.problems.push(report(child, code, zh, en, { found: child.namespace }));
      return;
    }
    const zh = known
      ? `“${parent}”中的“${child.local}”位置不对，此处可为：${hint.join('、')}。`
      : `“${parent}”中不能有“${child.local}”，此处可为：${hint.join('、')}。`;
    const en = known
      ? `“${child.local}” stands in the wrong place within “${parent}”; here may stand ${hint.join(', ')}.`
      : `“${parent}” may not hold “${child.local}”; here may stand ${hint.join(', ')}.`;
    const code = known ? 'xml-element-order' : 'xml-element-unexpected';
    this.scope.problems.push(report(child, code, zh, en, { found: child.local, expected: hint.join(' ') }));
  }
}

function namespaceOf(space: Space, scope: Scope): string {
  return space === 'none' ? '' : space === 'query' ? scope.query : SBDH;
}

function fits(part: Particle, child: XmlElement, scope: Scope): boolean {
  if (part.kind === 'element') return child.local === part.name && child.namespace === namespaceOf(part.space, scope);
  if (part.kind === 'any') {
    if (part.rule === 'any') return true;
    return part.rule === 'local' ? child.namespace === '' : child.namespace !== '' && child.namespace !== scope.target;
  }
  if (part.choice) return part.parts.some((one) => fits(one, child, scope));
  for (const one of part.parts) {
    if (fits(one, child, scope)) return true;
    if (!isNullable(one)) return false;
  }
  return false;
}

function isNullable(part: Particle): boolean {
  if (part.min === 0) return true;
  if (part.kind !== 'group') return false;
  return part.choice ? part.parts.some(isNullable) : part.parts.every(isNullable);
}

function findElement(
  parts: readonly Particle[],
  child: XmlElement,
  scope: Scope,
): { readonly type: string } | undefined {
  for (const part of parts) {
    if (part.kind === 'element' && fits(part, child, scope)) return part;
    if (part.kind === 'group') {
      const inner = findElement(part.parts, child, scope);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function firstNames(parts: readonly Particle[]): string[] {
  const names: string[] = [];
  for (const part of parts) {
    if (part.kind === 'element') names.push(part.name);
    else if (part.kind === 'group')
      names.push(...(part.choice ? part.parts.flatMap((one) => firstNames([one])) : firstNames(part.parts)));
    else names.push(part.rule === 'other' ? '(extension)' : '(any element)');
    if (!isNullable(part)) break;
  }
  return names;
}
