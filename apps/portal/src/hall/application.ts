import { chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { facts, notice, section, table } from '../pieces.ts';
import type { ApplicationShown, FreeSlot } from './answers.ts';
import { clockStates, purposes } from './words.ts';

/** One application: what to do now, the form, the papers, every clock with its arithmetic, the decisions. */
export function applicationPage(view: View, application: ApplicationShown): Page {
  const { say } = view;
  const { kind, purpose, state } = application;
  const may = new Set(application.may.map(({ name }) => name));
  const post = (step: string) => `/hall/applications/${application.id}/${step}`;
  const title = say(`${kind.zh}（${purposes[purpose]!.zh}）`, `${kind.en} (${purposes[purpose]!.en})`);
  return {
    title,
    body: html`<header class="head"><p class="kind"><a href="/hall">${say('办事大厅', 'Service hall')}</a></p><h1>${title}</h1><p class="lead">${tell(view, application.stateName)}</p></header>
${whatNow(view, application)}
${facts([
  [say('申请人', 'Applicant'), chinese(view, application.applicantName)],
  [say('许可机关', 'Authority'), application.office && tell(view, application.office)],
  [say('产品（类别）', 'Products'), application.products.map((one) => say(one.zh, one.en)).join(say('、', ', '))],
  [say('收到日期', 'Received on'), application.receivedOn],
  [say('查询编号', 'Query number'), application.queryNumber],
  [say('查询密码（请勿告诉他人）', 'Secret, for you alone'), application.querySecret],
  [say('选定的检验机构', 'Laboratory chosen'), application.laboratoryName],
])}
${may.has('saveDraft') && section('form', say('申请表', 'Form'), formPart(view, application, post('save')))}
${(may.has('attach') || application.papers.length > 0) && section('papers', say('材料', 'Papers'), papersPart(view, application, may.has('attach') ? post('attach') : undefined))}
${may.has('chooseLaboratory') && application.laboratories.length > 0 && section('laboratory', say('选择检验机构', 'Choose the laboratory'), laboratoryForm(view, application, post('laboratory')))}
${section('steps', say('办理', 'What you can do'), stepsPart(view, application, may, post))}
${application.clocks.length > 0 && section('clocks', say('期限怎么算', 'How the terms are counted'), clocksPart(view, application))}
${application.documents.some(({ issued }) => issued) && section('documents', say('文书', 'Papers issued'), documentsPart(view, application))}
${state !== 'draft' && section('evaluate', say('评价本次办理', 'Evaluate the service'), evaluationForm(view, post('evaluate')))}`,
  };
}

function whatNow(
  view: View,
  { state, tacit, lateRenewal, missing, demands, reason, differences, licence, papers }: ApplicationShown,
): Markup {
  const { say } = view;
  const nameOf = (kind: string): string => {
    const paper = papers.find((one) => one.kind === kind);
    return paper ? say(paper.zh, paper.en) : kind;
  };
  return html`${lateRenewal && notice('warn', say('提出时已过延续申请期限，本申请按新的许可申请办理。', 'It came after the last day for a renewal and is dealt with as a new application.'))}
${tacit && notice('good', say('机关五个工作日内没有告知，自收到申请材料之日起即为受理。', 'The office said nothing for five working days: accepted from the day of receipt.'))}
${
  state === 'draft' &&
  differences !== null &&
  notice(
    'warn',
    say('申请表已经换版，请先转入新版：', 'The form has changed; move the draft to the new one:'),
    [
      ...differences.added.map((field) => say(`新增“${field.zh}”`, `new: ${field.en}`)),
      ...differences.removed.map((field) => say(`取消“${field.zh}”`, `dropped: ${field.en}`)),
      ...differences.changed.map(({ to }) => say(`修改“${to.zh}”`, `changed: ${to.en}`)),
    ].join(say('；', '; ')),
  )
}
${state === 'correcting' && missing !== null && html`<div class="notice act"><p>${say('需要补正的全部内容（一次告知）：', 'What is missing, told once and whole:')}</p><ul>${missing.map(({ paper, demand }) => html`<li>${nameOf(paper)}${say('：', ': ')}${chinese(view, demand)}</li>`)}</ul></div>`}
${state === 'rectifying' && demands !== null && notice('act', say('整改要求：', 'To be rectified:'), chinese(view, demands))}
${(state === 'refused' || state === 'refusalTold' || state === 'declined') && reason !== null && notice('act', say('理由：', 'Reasons:'), chinese(view, reason), say('可以自知道之日起六十日内申请行政复议，或者六个月内提起行政诉讼。', 'You may apply for reconsideration within sixty days, or sue within six months, of learning of it.'))}
${licence !== null && notice('good', html`<a href="/licences/${licence}">${say('许可证已经颁发，查看公开信息和证件', 'The licence is issued: see what is public of it')}</a>`)}`;
}

function formPart(view: View, { form, formVersion, answers, state }: ApplicationShown, action: string): Markup {
  const { say } = view;
  const value = (name: string): string => answers.find((answer) => answer.name === name)?.value ?? '';
  const version = state === 'draft' ? form.version : formVersion;
  return html`<form method="post" action="${action}" enctype="multipart/form-data" class="stack hall-form"><input type="hidden" name="formVersion" value="${version}">
${form.fields.map(
  (field) =>
    html`<div class="field"><label for="f-${field.name}">${tell(view, field)}${field.unit && `（${field.unit}）`}${!field.required && say('（可不填）', ' (optional)')}</label><input id="f-${field.name}" name="answer-${field.name}" type="${field.type === 'date' ? 'date' : 'text'}"${field.type === 'number' && html` inputmode="decimal"`} maxlength="1000" value="${value(field.name)}"></div>`,
)}<div class="actions"><button>${say('保存草稿', 'Save the draft')}</button></div></form>`;
}

function papersPart(
  view: View,
  { papers, commitmentNeeded, commitmentAttached, state }: ApplicationShown,
  action: string | undefined,
): Markup {
  const { say } = view;
  const rows = [
    ...papers,
    ...(commitmentNeeded
      ? [
          {
            kind: 'commitment',
            zh: '告知承诺书',
            en: 'Letter of commitment',
            attached: commitmentAttached,
            heldIn: undefined,
          },
        ]
      : []),
    ...(state === 'rectifying'
      ? [
          {
            kind: 'rectificationReport',
            zh: '整改报告',
            en: 'Report of rectification',
            attached: false,
            heldIn: undefined,
          },
        ]
      : []),
  ];
  const wanted = rows.filter(({ heldIn }) => heldIn === undefined);
  return html`<ul class="plain-list">${rows.map(
    (paper) =>
      html`<li><p>${tell(view, paper)} ${paper.heldIn !== undefined ? html`<span class="soft small">${say('平台已有，不用提交', 'held by the platform')}</span>` : paper.attached ? html`<span class="good small">${say('已提交', 'attached')}</span>` : html`<span class="bad small">${say('未提交', 'not attached')}</span>`}</p></li>`,
  )}</ul>
${action !== undefined && html`<form method="post" action="${action}" enctype="multipart/form-data" class="filters"><div class="field"><label for="paper">${say('材料', 'Paper')}</label><select id="paper" name="paper">${wanted.map((paper) => html`<option value="${paper.kind}">${say(paper.zh, paper.en)}</option>`)}</select></div><div class="field grow"><label for="file">${say('文件（PDF、图片、Office，20 MB 以内）', 'File: PDF, picture or Office, up to 20 MB')}</label><input id="file" name="file" type="file" required></div><div class="actions"><button>${say('上传', 'Upload')}</button></div></form>`}`;
}

function laboratoryForm(view: View, { laboratories }: ApplicationShown, action: string): Markup {
  const { say } = view;
  return html`<p>${say('检验机构由企业自己选择，任何机关和个人不得指定。', 'The firm chooses; no office and nobody else may name a laboratory.')}</p>
<form method="post" action="${action}" enctype="multipart/form-data" class="stack hall-form"><fieldset><legend class="visually-hidden">${say('检验机构', 'Laboratory')}</legend>${laboratories.map((body) => html`<label class="tick"><input type="radio" name="laboratory" value="${body.organisation}" required>${chinese(view, body.name)} <span class="soft small">CMA ${body.certificate}</span></label>`)}</fieldset><div class="actions"><button class="primary">${say('选定', 'Choose')}</button></div></form>`;
}

const buttons = [
  ['adoptForm', '转入新版表单', 'Move to the new form', false],
  ['submit', '提交申请', 'Hand in', true],
  ['correct', '提交补正材料', 'Hand in the supplement', true],
  ['reportRectified', '报告整改完成', 'Report as rectified', true],
  ['discardDraft', '放弃草稿', 'Discard the draft', false],
  ['retract', '撤回申请', 'Take the application back', false],
] as const;

/** Steps of the application that are one button. */
export const plainSteps: readonly string[] = buttons.map(([name]) => name);

function stepsPart(
  view: View,
  { differences, state }: ApplicationShown,
  may: ReadonlySet<string>,
  post: (step: string) => string,
): Markup {
  const { say } = view;
  const offered = buttons.filter(([name]) => may.has(name) && (name !== 'adoptForm' || differences !== null));
  if (offered.length === 0)
    return html`<p class="soft">${say('现在不需要您办理，进展会显示在这里。', 'Nothing is needed of you now; progress is shown here.')}</p>`;
  return html`<div class="row">${offered.map(
    ([name, zh, en, primary]) =>
      html`<form method="post" action="${post(name)}" enctype="multipart/form-data"><button${primary && !(state === 'draft' && differences !== null) && html` class="primary"`}>${say(zh, en)}</button></form>`,
  )}</div>`;
}

function clocksPart(view: View, { clocks }: ApplicationShown): Markup {
  const { say } = view;
  return html`<div class="stack">${clocks.map(
    (clock) =>
      html`<details${(clock.status === 'running' || clock.status === 'suspended') && html` open`}><summary>${tell(view, clock.label)} · ${tell(view, clockStates[clock.status]!)}${clock.dueOn !== null && html` · ${say('截止', 'due')} <b>${clock.dueOn}</b>`}</summary><p class="soft small">${chinese(view, clock.basis)}</p><ol class="plain-list small">${clock.steps.map((step) => html`<li>${tell(view, step)}</li>`)}</ol></details>`,
  )}</div>`;
}

function documentsPart(view: View, { documents }: ApplicationShown): Markup {
  return html`<ul class="plain-list">${documents
    .filter(({ issued }) => issued)
    .map(
      ({ id, title, number }) =>
        html`<li><p><a href="/api/documents/${id}.pdf">${chinese(view, title)}</a></p>${number !== null && html`<p class="soft small">${number}</p>`}</li>`,
    )}</ul>`;
}

function evaluationForm(view: View, action: string): Markup {
  const { say } = view;
  const stars = [5, 4, 3, 2, 1];
  return html`<form method="post" action="${action}" enctype="multipart/form-data" class="stack hall-form"><fieldset><legend>${say('满意程度（评价一次，不能修改，机关也不能修改）', 'How satisfied (once; nobody can change it, the office included)')}</legend>${stars.map((count) => html`<label class="tick"><input type="radio" name="stars" value="${String(count)}" required>${say(`${count} 星`, `${count} of 5`)}</label>`)}</fieldset>
<div class="field"><label for="remark">${say('意见（可不填）', 'Remark (optional)')}</label><input id="remark" name="remark" maxlength="2000"></div><div class="actions"><button>${say('评价', 'Evaluate')}</button></div></form>`;
}

/** Free times at the counters. */
export function appointmentsPage(view: View, slots: readonly FreeSlot[], bookable: boolean): Page {
  const { say } = view;
  return {
    title: say('预约窗口', 'Book a counter'),
    body: html`<header class="head"><p class="kind"><a href="/hall">${say('办事大厅', 'Service hall')}</a></p><h1>${say('预约窗口', 'Book a counter')}</h1></header>
${
  slots.length === 0
    ? html`<div class="empty"><p><strong>${say('现在没有可预约的号。', 'Nothing can be booked now.')}</strong></p><p>${say('窗口放号后显示在这里；也可以直接到窗口取号。', 'What the counters offer is shown here; you may also simply come.')}</p></div>`
    : html`<form method="post" action="/hall/appointments" enctype="multipart/form-data" class="stack hall-form">
<div class="field"><label for="matter">${say('办什么事', 'What about')}</label><input id="matter" name="matter" maxlength="100" required></div>
${table(
  say('可预约时段', 'Free times'),
  [
    { name: say('日期', 'Day') },
    { name: say('时段', 'Time') },
    { name: say('窗口', 'Counter'), wide: true },
    { name: say('余号', 'Free'), numeric: true },
    { name: say('预约', 'Book') },
  ],
  slots.map((slot) => [
    slot.day,
    slot.time,
    slot.officeName && tell(view, slot.officeName),
    slot.free,
    bookable &&
      html`<button name="slot" value="${slot.office}|${slot.day}|${slot.time}" aria-label="${say(`预约 ${slot.day} ${slot.time}`, `Book ${slot.day} ${slot.time}`)}">${say('预约', 'Book')}</button>`,
  ]),
)}</form>`
}`,
  };
}
