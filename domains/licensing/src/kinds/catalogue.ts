import { refuse } from '@hengjian/kernel';
import { licenceKindFiles } from '../../../../data/licences/index.ts';
import { type Kind, KindDeclaration, unsoundKind } from './declaration.ts';

/**
 * Reads kinds of licences from what files hold.
 * @throws Error listing each place that is wrong, one a line: the platform does not start on a kind that is not sound
 */
export function readKinds(files: readonly { file: string; content: unknown }[]): Kind[] {
  const kinds: Kind[] = [];
  const wrong: string[] = [];
  for (const { file, content } of files) {
    const parsed = KindDeclaration.safeParse(content);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) wrong.push(`${file}: ${issue.path.join('.')}: ${issue.message}`);
      continue;
    }
    wrong.push(...unsoundKind(parsed.data).map((line) => `${file}: ${line}`));
    if (kinds.some(({ code }) => code === parsed.data.code))
      wrong.push(`${file}: ${parsed.data.code} is declared twice`);
    kinds.push(parsed.data);
  }
  if (wrong.length > 0)
    throw new Error(`The kinds of licences are not sound:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  return kinds;
}

/** All declared kinds; checked when the process starts. */
export const kinds: readonly Kind[] = readKinds(licenceKindFiles());
const byCode = new Map(kinds.map((kind) => [kind.code, kind]));

export const findKind = (code: string): Kind | undefined => byCode.get(code);

/** The kind that a record was checked to have. @throws Error when its file has been taken away under an open record */
export function kindOf(row: { kind: string }): Kind {
  const kind = byCode.get(row.kind);
  if (kind === undefined) throw new Error(`There is no kind of licence ${row.kind}.`);
  return kind;
}

export const unknownKind = () =>
  refuse('unknown-licence-kind', '没有这种许可事项。', 'There is no such kind of licence.', 'kind');

/** Choices of a form: every kind by its name. */
export const kindChoices = Object.fromEntries(kinds.map(({ code, zh, en }) => [code, { zh, en }]));

/** Every kind of paper that any licence asks for, with the name that the first of them gives it. */
export const paperKinds: Readonly<Record<string, { zh: string; en: string }>> = Object.fromEntries(
  kinds.flatMap(({ papers }) => papers.map(({ kind, zh, en }) => [kind, { zh, en }])).reverse(),
);
