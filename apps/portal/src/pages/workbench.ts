import { createCalendar } from '@hengjian/calendar';
import {
  addressOf,
  type Context,
  entryOf,
  type Field,
  type FieldProblem,
  findTool,
  type Outcome,
  type Tool,
  textIn,
  tools,
  type Way,
  wayOf,
  words,
  work,
} from '@hengjian/workbench';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { regionTable } from '../../../../data/regions/index.ts';
import { address, type Label, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { answerMarkup } from './workbench-answer.ts';

let known: Context | undefined;

/** Holidays and regions are read once, when somebody first computes. */
function contextOf(): Context {
  known ??= { calendar: createCalendar(holidayYears), regions: regionTable() };
  return known;
}

const pathOf = (tool: Tool): string => `/workbench/${tool.name}`;

/** The five calculations with something to try for each way of asking. */
export function workbenchPage(view: View): Page {
  const { say } = view;
  const list = tools.map((tool) => {
    const ways = tool.ways.map(
      (way) =>
        html`<li><a href="${address(pathOf(tool), { by: way.name })}">${tell(view, way.title)}</a><p class="soft small">${tell(view, words.example)}${say('：', ': ')}<a href="${exampleOf(tool, way)}">${tell(view, way.example.label)}</a></p></li>`,
    );
    return html`<section aria-labelledby="${tool.name}"><h2 id="${tool.name}"><a href="${pathOf(tool)}">${tell(view, tool.title)}</a></h2><p>${tell(view, tool.lead)}</p><ul class="plain-list">${ways}</ul></section>`;
  });
  return {
    title: textIn(view.language, words.workbench),
    description: textIn(view.language, words.lead),
    style: 'workbench',
    body: html`<header class="head"><h1>${tell(view, words.workbench)}</h1><p class="lead">${tell(view, words.lead)}</p></header><div class="bench-list">${list}</div>`,
  };
}

/** One calculation: its form, and what the address asks. Undefined when there is no such calculation. */
export function toolPage(view: View, name: string): Page | undefined {
  const tool = findTool(name);
  if (tool === undefined) return undefined;
  const way = wayOf(tool, view.query.by);
  const outcome = work(way, view.query, contextOf());
  const heading = textIn(view.language, tool.title);
  return {
    title: `${heading} · ${textIn(view.language, words.workbench)}`,
    description: textIn(view.language, tool.lead),
    status: outcome.state === 'refused' ? 422 : 200,
    style: 'workbench',
    script: 'workbench',
    canonical: address(pathOf(tool), addressOf(way, view.query)),
    body: html`<nav class="bench-tools" aria-label="${textIn(view.language, words.tools)}"><ul>${tools.map((other) => html`<li><a href="${pathOf(other)}"${other === tool && html` aria-current="page"`}>${tell(view, other.title)}</a></li>`)}</ul></nav>
<header class="head"><h1>${heading}</h1><p class="lead">${tell(view, tool.lead)}</p></header>
${waysNavigation(view, tool, way)}
<div class="bench">${form(view, tool, way, outcome)}
<div class="bench-answer" id="answer">${answer(view, tool, way, outcome)}</div></div>`,
  };
}

function waysNavigation(view: View, tool: Tool, chosen: Way): Markup | null {
  if (tool.ways.length === 1) return null;
  const links = tool.ways.map(
    (way) =>
      html`<li><a href="${address(pathOf(tool), { by: way.name })}"${way === chosen && html` aria-current="true"`}>${tell(view, way.title)}</a></li>`,
  );
  return html`<nav class="bench-ways" aria-label="${textIn(view.language, words.ways)}"><ul>${links}</ul></nav>`;
}

const exampleOf = (tool: Tool, way: Way): string => address(pathOf(tool), addressOf(way, way.example.values));

function answer(view: View, tool: Tool, way: Way, outcome: Outcome): Markup | null {
  if (outcome.state === 'refused') return null;
  if (outcome.state === 'answered') return answerMarkup(view, outcome.answer);
  return html`<p class="soft">${tell(view, way.lead)}</p><p>${tell(view, words.example)}${view.say('：', ': ')}<a href="${exampleOf(tool, way)}">${tell(view, way.example.label)}</a></p>`;
}

function form(view: View, tool: Tool, way: Way, outcome: Outcome): Markup {
  const problems = outcome.state === 'refused' ? outcome.problems : [];
  const parts = (rare: boolean): Markup[] =>
    way.fields
      .filter((field) => (field.rare ?? false) === rare)
      .map((field) =>
        part(
          view,
          field,
          problems.find((problem) => problem.field === field.name),
        ),
      );
  const rare = parts(true);
  const touched = way.fields.some(
    (field) => field.rare === true && (entryOf(field, view.query) !== field.initial || at(problems, field)),
  );
  return html`<form action="${pathOf(tool)}" class="bench-form" novalidate>
${summary(view, way, problems)}<input type="hidden" name="by" value="${way.name}">
${parts(false)}
${rare.length > 0 && html`<details${touched && html` open`}><summary>${tell(view, words.more)}</summary><div class="bench-more">${rare}</div></details>`}
<div class="actions"><button class="primary">${tell(view, words.compute)}</button></div></form>`;
}

const at = (problems: readonly FieldProblem[], field: Field): boolean =>
  problems.some((problem) => problem.field === field.name);

/** Every fault with a link to its field; what belongs to no field stands here alone. */
function summary(view: View, way: Way, problems: readonly FieldProblem[]): Markup | null {
  if (problems.length === 0) return null;
  const lines = problems.map((problem) => {
    const field = way.fields.find(({ name }) => name === problem.field);
    const sentence = tell(view, problem);
    return field === undefined
      ? html`<li>${sentence}</li>`
      : html`<li><a href="#field-${field.name}">${tell(view, field.label)}</a>${view.say('：', ': ')}${sentence}</li>`;
  });
  return html`<div class="notice act" role="alert"><p><strong>${tell(view, words.problems)}</strong></p><ul>${lines}</ul></div>`;
}

function part(view: View, field: Field, problem: FieldProblem | undefined): Markup {
  const id = `field-${field.name}`;
  const described = [
    ...(field.hint === undefined ? [] : [`${id}-hint`]),
    ...(problem === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  const attributes = html`id="${id}" name="${field.name}"${described !== '' && html` aria-describedby="${described}"`}${problem !== undefined && html` aria-invalid="true"`}`;
  return html`<div class="field"><label for="${id}">${tell(view, field.label)}${field.optional === true && html` <span class="soft">${view.say('（', '(')}${tell(view, words.optional)}${view.say('）', ')')}</span>`}</label>
${field.hint !== undefined && html`<p class="hint soft" id="${id}-hint">${tell(view, field.hint)}</p>`}
${problem !== undefined && html`<p class="field-error" id="${id}-error">${tell(view, problem)}</p>`}
${control(view, field, attributes)}</div>`;
}

function control(view: View, field: Field, attributes: Markup): Markup {
  const value = entryOf(field, view.query);
  if (field.kind === 'lines') return html`<textarea ${attributes} rows="3">${value}</textarea>`;
  if (field.kind === 'choice') {
    const options = (field.choices ?? []).map(
      (choice) =>
        html`<option value="${choice.value}"${choice.value === value && html` selected`}>${textIn(view.language, choice.label)}</option>`,
    );
    return html`<select ${attributes}>${options}</select>`;
  }
  const mode = field.kind === 'whole' ? 'numeric' : field.kind === 'decimal' ? 'decimal' : 'text';
  const input = html`<input ${attributes} value="${value}" inputmode="${mode}" maxlength="400" autocomplete="off" spellcheck="false">`;
  if (field.unit === undefined) return input;
  const unit: string | Markup = typeof field.unit === 'string' ? field.unit : tell(view, field.unit as Label);
  return html`<span class="with-unit">${input}<span>${unit}</span></span>`;
}
