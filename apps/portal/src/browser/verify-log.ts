/// <reference lib="dom" />
/** Checks of the public log that this browser makes: an entry, a head that was kept, a proof that somebody handed over. */
import type { LogKey, TreeHead } from '@hengjian/transparency/verification';
import {
  checkConsistency,
  checkHead,
  checkInclusion,
  checkRecord,
  compareHeads,
  type InclusionFile,
  leafOfFile,
  readProofFile,
} from './log-checks.ts';
import { enliven, type Finding, fetchPublic, say, showFailure, showFindings, showProgress } from './report.ts';

const api = '/api/public/log';
const verdict = {
  good: say('是。核对无误。', 'Yes. Everything checked is right.'),
  bad: say('否。至少有一项不对，见下面标“否”的各项。', 'No. At least one thing is wrong; see those marked “No”.'),
};
const present: [string, string] = ['现在的树头', 'the present head'];

const read = async <T>(path: string): Promise<T> => JSON.parse(await fetchPublic(`${api}/${path}`)) as T;

function keyOf(panel: HTMLElement): LogKey {
  const value = (id: string): string => panel.querySelector<HTMLInputElement>(`#${id}`)!.value.trim();
  const key = { name: value('key-name'), publicKey: value('key').toLowerCase() };
  if (key.name === '' || !/^[0-9a-f]{64}$/.test(key.publicKey))
    throw new Error(
      say(
        '请先在“签名公钥”里填写日志名称和 64 位公钥。',
        'Please fill in name and key (64 digits) under “Signing key” first.',
      ),
    );
  return key;
}

async function presentHead(key: LogKey): Promise<{ head: TreeHead | undefined; finding: Finding }> {
  const { note } = await read<{ note: string }>('head');
  return checkHead(note, key, present);
}

async function checkEntry(panel: HTMLElement, leaf: number): Promise<Finding[]> {
  const { head, finding } = await presentHead(keyOf(panel));
  if (head === undefined) return [finding];
  const { hash, proof } = await read<{ hash: string; proof: string[] }>(`inclusion?leaf=${leaf}&size=${head.size}`);
  return [finding, checkInclusion(leaf, hash, proof, head)];
}

/** A head that was kept must be the beginning of the present log. */
async function checkAgainstPresent(kept: TreeHead, key: LogKey): Promise<Finding[]> {
  const { head, finding } = await presentHead(key);
  if (head === undefined) return [finding];
  const told = compareHeads(kept, head);
  if (told !== undefined) return [finding, told];
  const { proof } = await read<{ proof: string[] }>(`consistency?from=${kept.size}&to=${head.size}`);
  return [finding, checkConsistency(kept, head, proof)];
}

async function checkKeptHead(panel: HTMLElement, note: string): Promise<Finding[]> {
  const key = keyOf(panel);
  const { head, finding } = checkHead(note, key, ['您保存的树头', 'the head that you kept']);
  return head === undefined ? [finding] : [finding, ...(await checkAgainstPresent(head, key))];
}

async function checkProof(panel: HTMLElement, file: InclusionFile): Promise<Finding[]> {
  const key = keyOf(panel);
  const { head, finding } = checkHead(file.treeHead, key, ['证明中的树头', 'the head in the proof']);
  const leaf = leafOfFile(file);
  if (head === undefined || leaf === undefined) return [finding];
  const record = file.record === undefined ? [] : checkRecord(file.record, leaf);
  return [
    finding,
    checkInclusion(file.leafIndex, leaf, file.proof, head),
    ...record,
    ...(await checkAgainstPresent(head, key)),
  ];
}

async function checkFile(panel: HTMLElement, file: File): Promise<Finding[]> {
  const kept = readProofFile(await file.text());
  if (kept === undefined)
    throw new Error(
      say(
        '这个文件既不是签名的树头，也不是日志证明。树头是本页“保存这个树头”下载的文本；证明是 JSON 文件。',
        'This is neither a signed head nor a proof. A head is the text that “Keep this head” saves; a proof is a JSON file.',
      ),
    );
  return 'note' in kept ? checkKeptHead(panel, kept.note) : checkProof(panel, kept.inclusion);
}

function start(panel: HTMLElement): void {
  const run = (check: () => Promise<Finding[]>): void => {
    showProgress(panel, say('正在核对…', 'Checking …'));
    check().then(
      (findings) => showFindings(panel, verdict, findings),
      (error: Error) => showFailure(panel, error.message),
    );
  };
  const form = panel.querySelector<HTMLFormElement>('[data-inclusion]')!;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run(() => checkEntry(panel, Number(form.querySelector<HTMLInputElement>('input')!.value)));
  });
  enliven(panel, (file) => run(() => checkFile(panel, file)));
}

const panel = document.getElementById('verify-log');
if (panel !== null) start(panel);
