import { chinese, type Label, tell, type View } from '../language.ts';
import { html } from '../markup.ts';
import type { Page } from '../page.ts';
import { table } from '../pieces.ts';
import { statuses } from './words.ts';

export interface CertifiedPersons {
  today: string;
  classes: (Label & { code: string })[];
  persons: {
    licence: string;
    number: string;
    holder: string;
    classes: (Label & { code: string })[];
    validUntil: string | null;
    employer: string | null;
    violations: { on: string; decision: string }[];
    status: string;
  }[];
}

/** 持证人员名册: who is certified for what, until when, where he works, and what was decided against him; names masked. */
export function personsPage(view: View, { classes, persons, today }: CertifiedPersons): Page {
  const { say } = view;
  const { q = '', class: chosen = '' } = view.query;
  const rows = persons.map((one) => {
    const inForce = one.status === 'valid' && (one.validUntil === null || one.validUntil >= today);
    return [
      html`<a href="/licences/${one.licence}">${one.number}</a>`,
      chinese(view, one.holder),
      one.classes.map(({ zh, en }) => say(zh, en)).join(say('、', ', ')),
      html`<span class="verdict ${inForce ? 'good' : 'bad'}">${tell(view, statuses[one.status] ?? { zh: one.status, en: one.status })}</span>`,
      one.validUntil ?? say('长期', 'without end'),
      one.employer === null ? '—' : chinese(view, one.employer),
      one.violations.length === 0
        ? say('无', 'none')
        : html`${one.violations.map(({ on, decision }) => html`<div>${on} ${chinese(view, decision)}</div>`)}`,
    ];
  });
  return {
    title: say('持证人员名册', 'Certified persons'),
    body: html`<header class="head"><p class="kind"><a href="/licences">${say('许可结果', 'Licences')}</a></p><h1>${say('持证人员名册', 'Certified persons')}</h1><p class="lead">${say('姓名部分隐去；身份证件号码和住址不公开。核对本人请看证件原件。', 'Names are masked; identity numbers and homes are not public. To check the person, see the original certificate.')}</p></header>
<form action="/licences/persons" class="filters" role="search"><div class="field grow"><label for="q">${say('证书编号或者聘用单位', 'Number or employer')}</label><input id="q" name="q" type="search" maxlength="100" value="${q}"></div>
<div class="field"><label for="class">${say('作业项目', 'Class')}</label><select id="class" name="class"><option value="">${say('全部', 'All')}</option>${classes.map((one) => html`<option value="${one.code}"${one.code === chosen && html` selected`}>${say(one.zh, one.en)}</option>`)}</select></div>
<div class="actions"><button class="primary">${say('查询', 'Look up')}</button></div></form>
${
  rows.length === 0
    ? html`<div class="empty"><p><strong>${say('没有查到持证人员。', 'No certified person was found.')}</strong></p></div>`
    : table(
        say('持证人员', 'Certified persons'),
        [
          { name: say('证书编号', 'Number') },
          { name: say('持证人', 'Holder') },
          { name: say('作业项目', 'Class'), wide: true },
          { name: say('状态', 'State') },
          { name: say('有效期至', 'Valid until') },
          { name: say('聘用单位', 'Employer') },
          { name: say('违章记录', 'Violations') },
        ],
        rows,
      )
}
<p class="soft small dotted exports"><span>${say('开放数据：', 'Open data:')} <a href="/api/public/queries/licensing.persons">JSON</a></span></p>`,
  };
}
