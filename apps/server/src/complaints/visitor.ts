/** The machine that enters what somebody sends without signing in; it signs as the public's form, not as a person. */
export const visitor = { id: '00000000-0000-7000-8000-000000000012', name: '公众提交' } as const;
