import type { Assets, ScriptName } from './assets.ts';
import { address, type Label, type Theme, type View } from './language.ts';
import { html, type Markup } from './markup.ts';

/** What a page says of itself; the frame around it is the same everywhere. */
export interface Page {
  title: string;
  body: Markup;
  status?: number;
  /** One sentence for search engines. */
  description?: string;
  script?: ScriptName;
  /** A style sheet besides the one of every page. */
  style?: 'workbench';
  /** Address of the feed of what the page lists. */
  feed?: string;
  /** The address under which this page should be known, when it has several. */
  canonical?: string;
}

const sections = [
  { path: '/hall', zh: '办事', en: 'Services' },
  { path: '/complaints', zh: '投诉', en: 'Complain' },
  { path: '/licences', zh: '许可', en: 'Licences' },
  { path: '/records', zh: '公开记录', en: 'Records' },
  { path: '/rates', zh: '合格率', en: 'Pass rates' },
  { path: '/draws', zh: '抽取', en: 'Draws' },
  { path: '/testing', zh: '谁能检', en: 'Testing' },
  { path: '/log', zh: '日志', en: 'Log' },
  { path: '/verify', zh: '核验文书', en: 'Check a paper' },
  { path: '/workbench', zh: '计算', en: 'Calculations' },
] as const;

const themes: Record<Theme, { next: Theme; zh: string; en: string; path: string }> = {
  system: {
    next: 'light',
    zh: '外观：随系统，点按换成浅色',
    en: 'Appearance follows the device; switch to light',
    path: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h5M8 8h6M8 11h5',
  },
  light: {
    next: 'dark',
    zh: '外观：浅色，点按换成深色',
    en: 'Appearance light; switch to dark',
    path: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  },
  dark: {
    next: 'system',
    zh: '外观：深色，点按随系统',
    en: 'Appearance dark; switch to the device’s',
    path: 'M13.5 9.5A6 6 0 0 1 6.5 2.5 6 6 0 1 0 13.5 9.5Z',
  },
};

/** The mark of the house: a balance beam over a seal. */
const mark = html`<svg class="mark" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><path d="M16 2v8M3 6.5h26" class="mark-beam"/><path d="M1 12.5 3 6.5l2 6zM27 12.5l2-6 2 6z" class="mark-pan"/><rect x="8" y="12" width="16" height="18" rx="2" class="mark-seal"/><path d="M12 16v10M16 16v10M20 16v10M12 21h8" class="mark-cut"/></svg>`;

/** The address without the switches, which are kept in cookies. */
function withoutSwitches({ lang: _lang, theme: _theme, ...query }: View['query']): Record<string, string> {
  return query;
}

function header(view: View): Markup {
  const query = withoutSwitches(view.query);
  const links = sections.map(({ path, zh, en }) => {
    const here = view.path === path || view.path.startsWith(`${path}/`);
    return html`<li><a href="${path}"${here && html` aria-current="${view.path === path ? 'page' : 'true'}"`}>${view.say(zh, en)}</a></li>`;
  });
  const other = view.language === 'zh' ? 'en' : 'zh';
  const theme = themes[view.theme];
  const themeName = view.say(theme.zh, theme.en);
  return html`<a class="skip" href="#main">${view.say('跳到主要内容', 'Skip to the content')}</a>
<header class="top"><div class="wide top-row">
<a class="brand" href="/"${view.path === '/' && html` aria-current="page"`}>${mark}<span class="brand-name" lang="zh-CN">衡鉴</span><span class="brand-line">${view.say('质量监督公开', 'Quality supervision, in public')}</span></a>
<nav class="sections" aria-label="${view.say('栏目', 'Sections')}"><ul>${links}</ul></nav>
<div class="switches"><a href="${address(view.path, { ...query, lang: other })}" lang="${other === 'zh' ? 'zh-CN' : 'en'}" hreflang="${other === 'zh' ? 'zh-CN' : 'en'}">${other === 'zh' ? '中文' : 'English'}</a>
<a class="theme" href="${address(view.path, { ...query, theme: theme.next })}" title="${themeName}"><svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${theme.path}"/></svg><span class="visually-hidden">${themeName}</span></a>
<a class="sign-in" href="/console">${view.say('登录工作台', 'Sign in')}</a></div>
</div></header>`;
}

function footer(view: View): Markup {
  return html`<footer class="foot"><div class="wide foot-row">
<p>${view.say('本站只公布依法应当公开的内容；以加盖印章的文书为准。', 'This site shows what the law makes public. The sealed paper prevails.')}</p>
<ul class="inline"><li><a href="/powers">${view.say('权责清单', 'Power list')}</a></li><li><a href="/licences/persons">${view.say('持证人员', 'Certified persons')}</a></li><li><a href="/api/public/records.atom">${view.say('订阅 Atom', 'Atom feed')}</a></li><li><a href="/api/public/records.csv">CSV</a></li><li><a href="/api/openapi.json">OpenAPI</a></li></ul>
</div></footer>`;
}

/** The whole document. */
export function layout(
  view: View,
  page: Page,
  assets: Assets,
  { baseUrl, banner }: { baseUrl: string; banner?: Label | null | undefined },
): string {
  const { say } = view;
  const here = page.canonical ?? address(view.path, withoutSwitches(view.query));
  const script = page.script === undefined ? undefined : assets.script(page.script);
  const title = `${page.title} · ${say('衡鉴', 'Hengjian')}`;
  return html`<!doctype html>
<html lang="${view.language === 'zh' ? 'zh-CN' : 'en'}"${view.theme !== 'system' && html` data-theme="${view.theme}"`}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#faf8f3" media="(prefers-color-scheme: light)"><meta name="theme-color" content="#171512" media="(prefers-color-scheme: dark)">
<title>${title}</title>${page.description !== undefined && html`<meta name="description" content="${page.description}">`}
<link rel="canonical" href="${baseUrl}${here}"><link rel="icon" type="image/svg+xml" href="${assets.mark.path}"><link rel="stylesheet" href="${assets.style.path}">${page.style !== undefined && html`<link rel="stylesheet" href="${assets.workbenchStyle.path}">`}
${page.feed !== undefined && html`<link rel="alternate" type="application/atom+xml" title="${say('公开记录', 'Public records')}" href="${page.feed}">`}
${script !== undefined && html`<script type="module" src="${script}"></script>`}</head>
<body>${banner && html`<p class="standing-banner" role="note">${say(banner.zh, banner.en)}</p>`}${header(view)}
<main id="main" class="wide" tabindex="-1">${page.body}</main>
${footer(view)}</body></html>
`.text;
}
