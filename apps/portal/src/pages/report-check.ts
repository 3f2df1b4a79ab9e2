import { z } from 'zod';
import { dayWithWeekday } from '../dates.ts';
import { chinese, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { code, facts, notice, section } from '../pieces.ts';
import type { Site } from '../site.ts';
import { isChecksum, tidyChecksum } from './verify.ts';

const Checks = z.array(
  z.object({
    sha256: z.string(),
    revision: z.number(),
    issuedAt: z.string(),
    status: z.enum(['valid', 'corrected', 'withdrawn']),
    reason: z.string().nullable(),
  }),
);
type Check = z.infer<typeof Checks>[number];

/** Whether a test report is genuine and still holds: by its number with the check code printed on it, or by its JSON file. */
export async function reportCheckPage(site: Site, view: View): Promise<Page> {
  const { say, query } = view;
  const number = query.number?.trim().slice(0, 60) ?? '';
  const checkCode = query.code?.trim().slice(0, 20) ?? '';
  const sha256 = tidyChecksum(query.sha256 ?? '');
  const byFile = (query.sha256 ?? '') !== '';
  const asked = byFile || number !== '' || checkCode !== '';
  const complete = byFile ? isChecksum(sha256) : number !== '' && checkCode !== '';
  const found = complete
    ? Checks.parse(await site.ask('laboratory.check-report', byFile ? { sha256 } : { number, checkCode }))
    : [];
  return {
    title: say('核验检验报告', 'Check a test report'),
    script: 'check-report',
    canonical: '/reports',
    body: html`<header class="head"><h1>${say('核验检验报告', 'Check a test report')}</h1><p class="lead">${say('报告是不是真的、现在还算不算数：三种办法任选一种。本站不保存也不展示报告内容。', 'Whether a report is genuine, and whether it still holds: any one of three ways. This site neither keeps nor shows what a report says.')}</p></header>
${asked && answer(view, complete, byFile, found)}
${section('by-number', say('按编号', 'By its number'), html`<form action="/reports" class="filters" role="search"><div class="field grow"><label for="number">${say('报告编号', 'Report number')}</label><input id="number" name="number" value="${number}" maxlength="60" autocomplete="off"></div><div class="field"><label for="code">${say('核验码（印在报告上）', 'Check code, printed on it')}</label><input id="code" name="code" value="${checkCode}" maxlength="20" autocomplete="off" spellcheck="false"></div><div class="actions"><button class="primary">${say('核验', 'Check')}</button></div></form>`)}
${section('by-file', say('按报告文件', 'By its file'), html`<div class="filters" id="file-check" hidden><div class="field grow"><label for="file">${say('报告数据文件（JSON）。文件不离开您的设备。', 'The report as data (JSON). The file does not leave your device.')}</label><input id="file" type="file" accept=".json,application/json"></div></div><form action="/reports" class="filters" role="search"><div class="field grow"><label for="sha256">${say('或者填写文件的 SHA-256', 'Or type the SHA-256 of the file')}</label><input id="sha256" name="sha256" value="${byFile ? sha256 : ''}" maxlength="100" autocomplete="off" spellcheck="false"></div><div class="actions"><button class="primary">${say('核验', 'Check')}</button></div></form>`)}
${section('by-code', say('按二维码', 'By the code on it'), html`<p>${say('扫报告右上角的二维码，打开的网址应当是本站；或在“核验文书”输入它的校验码。', 'Scan the code at its upper right: it opens a page of this very site. Or type its checksum under “Check a paper”.')} <a href="/verify">${say('核验文书', 'Check a paper')}</a></p>`)}
${section('about', say('这能说明什么', 'What this says'), html`<ul class="dashes"><li>${say('“有效”说明这个编号和核验码的报告、或者这个文件，确由该机构在本平台签发，此后没有收回。', '“Valid” says that a report of this number and code, or this very file, was issued here and has not been taken back.')}</li><li>${say('它不说明您手里的纸与签发时的内容一致；请用文件或校验码核对内容。', 'It does not say that the paper in your hand reads as it did when it was issued; compare the content by file or checksum.')}</li><li>${say('公开记录只存一个加了核验码的摘要，从它推不出报告编号和内容。', 'The public record keeps a digest salted with the check code; neither number nor content can be learnt from it.')}</li></ul>`)}`,
  };
}

function answer(view: View, complete: boolean, byFile: boolean, found: readonly Check[]): Markup {
  const { say } = view;
  if (!complete)
    return notice(
      'act',
      byFile
        ? say(
            '这不是 SHA-256：应有 64 位，只含数字和 a 到 f。',
            'This is no SHA-256: it has 64 characters, digits and a to f.',
          )
        : say('请同时填写报告编号和核验码。', 'Give both the report number and the check code.'),
    );
  const [newest, ...earlier] = found;
  if (newest === undefined)
    return notice(
      'act',
      html`<strong>${say('没有查到。', 'Not found.')}</strong>`,
      byFile
        ? say(
            '这个文件不是本平台签发的报告原文；改动一个字也会这样。',
            'This file is no report issued here; changing one character has the same effect.',
          )
        : say(
            '没有这个编号和核验码的报告。请核对是否抄错；仍查不到的，请向出具机构核实。',
            'There is no report of this number and code. See whether you copied them rightly; else ask the body that issued it.',
          ),
    );
  return html`${verdict(view, newest)}${earlier.map((one) => verdict(view, one))}`;
}

function verdict(view: View, { status, revision, issuedAt, reason, sha256 }: Check): Markup {
  const { say } = view;
  const told = {
    valid: ['good', say('有效。', 'Valid.')],
    corrected: ['warn', say('已被更正，不再有效。', 'Corrected by a later revision; it no longer holds.')],
    withdrawn: ['act', say('已由机构收回，不再有效。', 'Taken back by its body; it no longer holds.')],
  } as const;
  const [tone, sentence] = told[status];
  return html`${notice(tone, html`<strong>${say(`第 ${revision} 版：`, `Revision ${revision}: `)}${sentence}</strong>`, reason !== null && html`${say('理由：', 'Reason: ')}${chinese(view, reason)}`)}${facts(
    [
      [say('签发', 'Issued'), dayWithWeekday(view, issuedAt)],
      [say('文件的 SHA-256', 'SHA-256 of the file'), code(sha256)],
    ],
  )}`;
}

/** What the code on a report opens: whether that revision holds, which the head of the page says already, and how to compare its content. */
export function reportBody(view: View, body: unknown): Markup {
  const { say } = view;
  const read = z.object({ sha256: z.string(), revision: z.number() }).safeParse(body);
  if (!read.success)
    return html`<p>${say('这是一份检验报告的核验记录。', 'This is the check entry of a test report.')}</p>`;
  const { sha256, revision } = read.data;
  return html`${facts([
    [say('版次', 'Revision'), revision],
    [say('报告文件的 SHA-256', 'SHA-256 of the report’s file'), code(sha256)],
  ])}<p>${say('这是一份检验报告的核验记录，报告内容不公开。', 'This is the check entry of a test report; what it says is not public.')} <a href="/reports">${say('按编号或者文件核验', 'Check by number or file')}</a></p>`;
}
