import type { View } from '../language.ts';
import { html } from '../markup.ts';
import type { Page } from '../page.ts';

/** No such page. */
export function missingPage(view: View): Page {
  const { say } = view;
  return {
    status: 404,
    title: say('没有这一页', 'No such page'),
    body: html`<header class="head"><h1>${say('没有这一页', 'No such page')}</h1></header>
<p>${say('地址可能抄错了，或者内容从未公开。公开过又撤回的内容会留一页说明，不会消失。', 'The address may be mistyped, or the content was never public. What was public and withdrawn keeps a page that says so; it does not vanish.')}</p>
<form action="/records" role="search" class="filters"><div class="field grow"><label for="q">${say('查公开记录', 'Look through the public records')}</label><input id="q" name="q" type="search" maxlength="100"></div><div class="actions"><button class="primary">${say('查询', 'Look up')}</button></div></form>
<p><a href="/">${say('回首页', 'Home')}</a></p>`,
  };
}

/** The page could not be made; `number` finds the reason in the log of the server. */
export function brokenPage(view: View, status: number, number: string): Page {
  const { say } = view;
  const busy = status === 429;
  return {
    status,
    title: busy ? say('请稍候再试', 'Please wait a moment') : say('这一页没有取到', 'This page could not be made'),
    body: html`<header class="head"><h1>${busy ? say('请稍候再试', 'Please wait a moment') : say('这一页没有取到', 'This page could not be made')}</h1></header>
<p>${busy ? say('短时间内的请求太多。', 'There were too many requests in a short time.') : say('系统出错了。请过一会儿重新打开；仍不行，请把下面的编号告诉系统管理员。', 'Something went wrong. Please open it again in a while; if that fails, tell the number below to whoever runs the system.')}</p>
${!busy && html`<p><code>${number}</code></p>`}<p><a href="/">${say('回首页', 'Home')}</a></p>`,
  };
}
