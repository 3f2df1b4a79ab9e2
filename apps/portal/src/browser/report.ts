/// <reference lib="dom" />
import type { Label, Language } from '../language.ts';

/** One question with its answer; null when it could not be asked: `why` then says the reason. */
export interface Finding {
  readonly asks: Label;
  readonly ok: boolean | null;
  readonly why: Label;
}

export const language: Language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
export const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);

const answers = {
  true: ['yes', '是', 'Yes'],
  false: ['no', '否', 'No'],
  null: ['open', '未核对', 'Not checked'],
} as const;

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

const place = (panel: HTMLElement): HTMLElement => panel.querySelector<HTMLElement>('[data-report]')!;

/** Says in one line what is being done. */
export function showProgress(panel: HTMLElement, text: string): void {
  place(panel).replaceChildren(element('p', 'soft', text));
}

/** Says why nothing could be checked. */
export function showFailure(panel: HTMLElement, text: string): void {
  place(panel).replaceChildren(element('div', 'notice warn', element('p', '', text)));
}

/** The verdict in one line, and every question with its answer and the reason. */
export function showFindings(
  panel: HTMLElement,
  verdict: { good: string; bad: string; note?: string },
  findings: readonly Finding[],
): void {
  const ok = findings.every((finding) => finding.ok !== false);
  const checked = findings.filter((finding) => finding.ok !== null).length;
  const open = findings.length - checked;
  const tally = say(
    `核对了 ${checked} 项${open > 0 ? `，另有 ${open} 项现在不能核对` : ''}。`,
    `${checked} checked${open > 0 ? `; ${open} cannot be checked now` : ''}.`,
  );
  const rows = findings.map(({ asks, ok: answer, why }) => {
    const [tone, zh, en] = answers[`${answer}`];
    return element(
      'li',
      '',
      element('span', `verdict ${tone}`, say(zh, en)),
      element('div', '', element('p', '', asks[language]), element('p', 'small soft', why[language])),
    );
  });
  place(panel).replaceChildren(
    element(
      'div',
      'report',
      element(
        'div',
        `notice ${ok ? 'good' : 'act'}`,
        element('p', '', element('strong', '', ok ? verdict.good : verdict.bad)),
        element(
          'p',
          'small soft',
          verdict.note === undefined ? tally : `${tally}${language === 'zh' ? '' : ' '}${verdict.note}`,
        ),
      ),
      element('ol', 'report-steps', ...rows),
    ),
  );
}

/** Shows what needs this script, and lets files be dropped anywhere on their zone. */
export function enliven(panel: HTMLElement, onFile: (file: File) => void): void {
  for (const part of panel.querySelectorAll<HTMLElement>('[data-live]')) part.hidden = false;
  for (const zone of panel.querySelectorAll<HTMLElement>('.drop')) {
    const input = zone.querySelector<HTMLInputElement>('input[type=file]')!;
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file !== undefined) onFile(file);
    });
    const over = (event: DragEvent, inside: boolean): void => {
      event.preventDefault();
      zone.dataset.over = String(inside);
    };
    zone.addEventListener('dragover', (event) => over(event, true));
    zone.addEventListener('dragleave', (event) => over(event, false));
    zone.addEventListener('drop', (event) => {
      over(event, false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) onFile(file);
    });
  }
}

/** A public answer as text. @throws Error with a sentence for the reader */
export async function fetchPublic(path: string): Promise<string> {
  const response = await fetch(path, { credentials: 'omit' }).catch(() => undefined);
  if (response === undefined)
    throw new Error(
      say('没有连上本站，请检查网络后再试。', 'This site could not be reached; check the connection and try again.'),
    );
  if (response.ok) return response.text();
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; detailEn?: string };
  const told = language === 'zh' ? problem.detail : problem.detailEn;
  throw new Error(
    told ??
      say(`本站没有给出这份文件（${response.status}）。`, `This site did not give the file (${response.status}).`),
  );
}
