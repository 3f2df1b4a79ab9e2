/// <reference lib="dom" />
/** Fetches the file of a draw, or takes one that the visitor kept, and repeats every step of it in this browser. */
import type { DrawVerdict, LogKey } from '@hengjian/transparency/verification';
import { drawSteps } from '../words/steps.ts';
import type { DrawQuestion } from './draw-worker.ts';
import { enliven, type Finding, fetchPublic, say, showFailure, showFindings, showProgress } from './report.ts';

interface DrawAnswer {
  verdict: DrawVerdict;
  digest: unknown;
}

function ask(question: DrawQuestion): Promise<DrawAnswer> {
  const worker = new Worker(new URL('./draw-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<DrawAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<DrawAnswer>) => resolve(data);
    worker.onerror = () =>
      reject(
        new Error(say('核对程序没有载入，请刷新后再试。', 'The verifier could not be loaded; please reload the page.')),
      );
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

const readable = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Whether a file that the visitor kept commits to the same draw as this page. */
function sameDraw(digest: unknown, expected: string): Finding {
  const ok = digest === expected;
  return {
    asks: { zh: '文件的承诺摘要是否与本页相同', en: 'Does the file carry the digest shown on this page?' },
    ok,
    why: ok
      ? {
          zh: '相同：它们是同一次抽取，承诺没有换过。',
          en: 'It does: this is the same draw, and its commitment was not exchanged.',
        }
      : {
          zh: '不同：文件属于另一次抽取，或者本页的承诺被换过。',
          en: 'It does not: the file is of another draw, or the commitment on this page was exchanged.',
        },
  };
}

async function check(panel: HTMLElement, text: string, kept: boolean): Promise<void> {
  const { digest = '', logName, logKey } = panel.dataset;
  showProgress(
    panel,
    say(`正在本机重算（${readable(text.length)}）…`, `Computing on this machine (${readable(text.length)}) …`),
  );
  const started = performance.now();
  const logKeys: LogKey[] = logName !== undefined && logKey !== undefined ? [{ name: logName, publicKey: logKey }] : [];
  const answer = await ask({ text, logKeys });
  const steps = answer.verdict.steps.map(
    ({ name, ok, detail }): Finding => ({ asks: drawSteps[name], ok, why: detail }),
  );
  const unproved = answer.verdict.steps.some(({ name, ok }) => name === 'publication' && ok === null);
  const published = unproved
    ? [
        say(
          '承诺是否早于随机数公布，请对照您当时记下的承诺摘要。',
          'Whether the commitment came before the random number, compare with the digest that you noted then.',
        ),
      ]
    : [];
  const milliseconds = Math.round(performance.now() - started);
  showFindings(
    panel,
    {
      good: say('是。凡现在能核对的，每一步都对。', 'Yes. Every step that can be checked now is right.'),
      bad: say('否。至少有一步不对，见下面标“否”的各项。', 'No. At least one step is wrong; see those marked “No”.'),
      note: [
        ...published,
        say(`用时 ${milliseconds} 毫秒，全部在您的设备上完成。`, `It took ${milliseconds} ms, all on your device.`),
      ].join(say('', ' ')),
    },
    kept && answer.digest !== undefined ? [...steps, sameDraw(answer.digest, digest)] : steps,
  );
}

function start(panel: HTMLElement): void {
  const button = panel.querySelector<HTMLButtonElement>('[data-run]')!;
  let running = false;
  const run = async (obtain: () => Promise<string>, kept: boolean): Promise<void> => {
    if (running) return;
    running = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      await check(panel, await obtain(), kept);
    } catch (error) {
      showFailure(panel, (error as Error).message);
    } finally {
      running = false;
      button.removeAttribute('aria-disabled');
    }
  };
  button.addEventListener('click', () => {
    showProgress(panel, say('正在下载抽取文件…', 'Downloading the file of the draw …'));
    void run(() => fetchPublic(panel.dataset.bundle!), false);
  });
  enliven(panel, (file) => void run(() => file.text(), true));
}

const panel = document.getElementById('verify-draw');
if (panel !== null) start(panel);
