import type { z } from 'zod';
import type { Action } from './declare/lifecycle.ts';
import { Problem } from './problem.ts';

/** Parses an input; every fault is named by its path. */
export function parseInput(action: Action, raw: Record<string, unknown>): Record<string, unknown> {
  const parsed = action.input.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  throw new Problem(
    422,
    'invalid-input',
    '填写的内容有误，请逐项更正。',
    'Some of what was entered is wrong; please correct each item.',
    parsed.error.issues.map((issue) => {
      const path = ['input', ...issue.path.map(String)].join('.');
      return { path, code: issue.code, ...sentence(issue as z.core.$ZodIssue) };
    }),
  );
}

function sentence(issue: z.core.$ZodIssue): { zh: string; en: string } {
  const { message } = issue;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { zh: '此项必填。', en: 'This is required.' }
        : { zh: '类型不对。', en: message };
    case 'too_small':
      return { zh: `不得小于（少于）${issue.minimum}。`, en: message };
    case 'too_big':
      return { zh: `不得大于（多于）${issue.maximum}。`, en: message };
    case 'invalid_format':
      return { zh: '格式不对。', en: message };
    case 'invalid_value':
      return { zh: `只能是：${issue.values.join('、')}。`, en: message };
    case 'unrecognized_keys':
      return { zh: `多出了不认识的项目：${issue.keys.join('、')}。`, en: message };
    default:
      return { zh: /[\u4e00-\u9fff]/.test(message) ? message : '此项有误。', en: message };
  }
}
