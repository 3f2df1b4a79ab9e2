import { type Act, field, on, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { kindOf } from '../kinds/catalogue.ts';
import { type LicenceRow, Violation } from './entity.ts';
import { publishStanding } from './publishing.ts';

const Employment = z.strictObject({ employer: field.text('聘用单位', { en: 'Employer' }) });
const Found = z.strictObject({
  on: Violation.shape.on,
  decision: Violation.shape.decision,
});
const ofPerson = (row: LicenceRow) =>
  kindOf(row).subject === 'person' ||
  refuse('not-a-person', '该许可的持证人不是个人。', 'The holder of this licence is no person.');
const again = async (row: LicenceRow, changed: Partial<LicenceRow>, act: Act): Promise<Partial<LicenceRow>> => ({
  ...changed,
  ...(await publishStanding({ ...row, ...changed }, row.state, act)),
});

/** A paper of its own: a decision about a violation is none about suspending or revoking the certificate. */
export const personDocuments = {
  violationDecision: { zh: '违章处罚决定书', en: 'Decision about a violation' },
} as const;

/** What stands in the register of certified persons beside the certificate: who employs the person, and what was decided against him. */
export const personActions = {
  recordEmployment: on({
    label: { zh: '登记聘用单位', en: 'Record the employer' },
    from: ['valid', 'suspended'],
    to: 'same',
    by: ['holder', 'licence-window'],
    aside: true,
    basis: '《特种设备作业人员监督管理办法》（令第140号）第五条、第二十条',
    when: ofPerson,
    input: Employment,
    run: (row: LicenceRow, input: z.infer<typeof Employment>, act: Act) =>
      again(row, { employer: input.employer }, act),
  }),
  recordViolation: on({
    label: { zh: '登记违章记录', en: 'Record a violation' },
    from: ['valid', 'suspended'],
    to: 'same',
    by: ['licence-supervisor', 'licence-window'],
    aside: true,
    danger: true,
    basis: '《特种设备作业人员监督管理办法》（令第140号）第二十九条、第三十条；只能依据处罚决定',
    needs: ['violationDecision'],
    when: ofPerson,
    input: Found,
    check: (row: LicenceRow, input: z.infer<typeof Found>, act: Act) => {
      if (input.on > act.occurredOn) return refuse('in-the-future', '日期不能晚于今天。', 'That day lies ahead.', 'on');
      return (
        !(row.violations ?? []).some(({ decision }) => decision === input.decision) ||
        refuse('violation-recorded', '该决定已经登记。', 'This decision is recorded already.', 'decision')
      );
    },
    run: (row: LicenceRow, { on: day, decision }: z.infer<typeof Found>, act: Act) =>
      again(row, { violations: [...(row.violations ?? []), { on: day, decision }] }, act),
  }),
};
