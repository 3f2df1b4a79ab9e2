import { createRequire } from 'node:module';
import type * as Jieba from 'jieba-wasm';

let tokenizer: typeof Jieba | undefined;
/** The tokenizer holds a dictionary of four megabytes: it is loaded when the first text is read. */
const jieba = (): typeof Jieba => (tokenizer ??= createRequire(import.meta.url)('jieba-wasm') as typeof Jieba);

/** Words of courtesy and grammar that tell nothing of what a text is about. */
const stopWords = new Set(
  `的 了 和 是 在 我 有 就 不 人 都 一 一个 上 也 很 到 说 要 去 你 会 着 没有 看 自己 这 那 与 及 或 等 但 而 被 把 给 让 向 对 从 为 以 于 其
   我们 你们 他们 她们 它们 大家 这个 那个 这些 那些 这里 那里 什么 怎么 为什么 如何 可以 可能 应该 需要 能够 能 因为 所以 如果 但是 而且 然后 还是 已经 现在 目前
   进行 有关 相关 部门 领导 您好 你好 尊敬 谢谢 感谢 希望 请 请问 请求 反映 情况 问题 投诉 举报 处理 解决 要求 本人 老百姓 市民 群众 政府 望 恳请 敬请 尽快 落实
   今天 昨天 今年 去年 时候 时间 一直 多次 非常 特别 十分 严重 导致 造成 之后 以后 之前 以前 还有 就是 不是 没 吗 呢 吧 啊 呀 哦 某 某某 用户 号码`
    .split(/\s+/)
    .filter(Boolean),
);

const telling = /[\u3400-\u9fff]{2,}|[a-z][a-z0-9]{1,}/;

/** The telling words of a Chinese text, in order: two characters or more, no stop words, no bare numbers. */
export function wordsIn(text: string): string[] {
  return jieba()
    .cut(text.normalize('NFKC').toLowerCase(), true)
    .filter((word) => telling.test(word) && !stopWords.has(word));
}

/** Every run of `size` characters of a text without signs and blanks: its shingles. */
export function shinglesOf(text: string, size = 3): Set<string> {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^0-9a-z\u3400-\u9fff]/g, '');
  const shingles = new Set<string>();
  for (let at = 0; at + size <= bare.length; at += 1) shingles.add(bare.slice(at, at + size));
  if (shingles.size === 0 && bare !== '') shingles.add(bare);
  return shingles;
}
