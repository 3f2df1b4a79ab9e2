/** Posts that read cards, scores and the whole power list. */
export const watchers = ['auditor', 'section-chief', 'bureau-head'] as const;
