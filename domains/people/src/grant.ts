import { entity, field, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { nameOf } from './names.ts';

/** 任职与授权: who holds which post at which office, or acts for which organisation, from when until when. */
const Grant = entity(
  'kernel.grant',
  { zh: '任职与授权', en: 'Grant' },
  {
    fields: {
      person: field.identifier('人员', { en: 'Person' }),
      personName: field.text('姓名', { en: 'Name' }),
      role: field.text('岗位', { en: 'Role' }),
      organisation: optional(field.identifier('单位', { en: 'Organisation' })),
      organisationName: optional(field.text('单位名称', { en: 'Name of organisation' })),
      validFrom: field.date('起始日', { en: 'From' }),
      validUntil: optional(field.date('截止日', { en: 'Until' })),
      actingFor: optional(field.identifier('代行', { en: 'Acting for' })),
      actingForName: optional(field.text('代行何人', { en: 'Acting for (name)' })),
      certificate: optional(field.text('执法证号', { en: 'Enforcement certificate' })),
      certificateUntil: optional(field.date('执法证有效期', { en: 'Certificate valid until' })),
    },
    title: (row) => `${row.personName} · ${row.role}`,
    purpose: {
      zh: '谁在哪个机关任什么岗位，何时起止，由谁代行。',
      en: 'Who holds which post where, from when until when, and who stands in.',
    },
  },
);
type GrantRow = RecordRow<typeof Grant>;

const appointment = z.strictObject({
  person: field.identifier('人员', { en: 'Person' }),
  role: field.text('岗位', { en: 'Role' }),
  organisation: optional(field.identifier('单位', { en: 'Organisation' })),
  organisationName: optional(field.text('单位名称', { en: 'Name of organisation' })),
  validFrom: field.date('起始日', { en: 'From' }),
  validUntil: optional(field.date('截止日', { en: 'Until' })),
  certificate: optional(field.text('执法证号', { en: 'Enforcement certificate' })),
  certificateUntil: optional(field.date('执法证有效期', { en: 'Certificate valid until' })),
});

export const grantLifecycle = lifecycle(Grant, {
  editions: [{ name: '2020', basis: '机关内部任职管理制度', inForce: '2000-01-01' }],
  states: { held: { zh: '在任', en: 'Held' }, ended: { zh: '已终止', en: 'Ended', closed: true } },
  readers: [
    'system-administrator',
    'security-administrator',
    'audit-administrator',
    'auditor',
    'section-chief',
    'bureau-head',
  ],
  columns: ['role', 'validFrom', 'validUntil'],
  parties: {
    holder: {
      label: { zh: '本人', en: 'Holder' },
      of: (row) => [`person:${row.person}`],
      sees: ['role', 'validFrom', 'validUntil', 'actingForName'],
      from: 'held',
    },
    principal: {
      label: { zh: '被代行人', en: 'Stood in for' },
      of: (row) => (row.actingFor ? [`person:${row.actingFor}`] : []),
      sees: ['personName', 'role', 'validFrom', 'validUntil'],
      from: 'held',
    },
  },
  actions: {
    appoint: on({
      label: { zh: '任职', en: 'Appoint' },
      from: null,
      to: 'held',
      by: ['system-administrator', 'system'],
      basis: '机关内部任职管理制度',
      input: appointment,
      check: async (_row: GrantRow, input, act) => {
        if (!act.roles.has(input.role))
          return refuse('unknown-role', '没有这个岗位。', 'There is no such post.', 'role');
        if (input.validUntil && input.validUntil < input.validFrom)
          return refuse('ends-before-start', '截止日早于起始日。', 'It ends before it starts.', 'validUntil');
        if (input.certificateUntil && input.certificateUntil < input.validFrom)
          return refuse(
            'certificate-expired',
            '执法证在任职起始日之前已经到期。',
            'The enforcement certificate ended before the post begins.',
            'certificateUntil',
          );
        if (act.apart.has(input.role)) {
          const [other] = await act.sql.query<{ role: string }>(
            `select role from kernel.grant where person = $1 and state = 'held' and role = any($2::text[]) and role <> $3
               and (valid_until is null or valid_until >= $4) limit 1`,
            [input.person, [...act.apart], input.role, act.today],
          );
          if (other !== undefined)
            return refuse(
              'administrators-apart',
              '系统管理员、安全管理员、审计管理员应由不同的人担任，该人员已任其中一职。',
              'System, security and audit administrator are three different people; this person is one of them already.',
              'person',
            );
        }
        return (
          input.person !== act.actor.person ||
          refuse('own-grant', '不得给自己授权。', 'Nobody grants a post to himself.', 'person')
        );
      },
      run: async (_row: GrantRow, input, act) => ({ personName: await nameOf(input.person, act.sql) }),
    }),
    deputise: on({
      label: { zh: '指定代行人', en: 'Appoint a deputy' },
      from: 'held',
      to: 'same',
      by: ['holder', 'section-chief', 'system-administrator'],
      aside: true,
      basis: 'AB 角工作制度',
      input: z.strictObject({
        person: field.identifier('代行人', { en: 'Deputy' }),
        validFrom: field.date('起始日', { en: 'From' }),
        validUntil: field.date('截止日', { en: 'Until' }),
      }),
      check: (row: GrantRow, input) => {
        if (input.person === row.person)
          return refuse('own-deputy', '代行人不能是本人。', 'The deputy must be somebody else.', 'person');
        if (row.actingFor)
          return refuse('deputy-of-deputy', '代行的职权不得再转托。', 'What is held as a deputy cannot be passed on.');
        return (
          input.validUntil >= input.validFrom ||
          refuse('ends-before-start', '截止日早于起始日。', 'It ends before it starts.', 'validUntil')
        );
      },
      run: async (row: GrantRow, input, act) => {
        await act.create('kernel.grant', 'standIn', {
          person: input.person,
          personName: await nameOf(input.person, act.sql),
          role: row.role,
          organisation: row.organisation,
          organisationName: row.organisationName,
          validFrom: input.validFrom,
          validUntil: input.validUntil,
          actingFor: row.person,
          actingForName: row.personName,
        });
        return { validFrom: row.validFrom, validUntil: row.validUntil, person: row.person };
      },
    }),
    standIn: on({
      label: { zh: '代行', en: 'Stand in' },
      from: null,
      to: 'held',
      by: ['system'],
      basis: 'AB 角工作制度',
      input: appointment.extend({ personName: z.string(), actingFor: z.uuid(), actingForName: z.string() }),
    }),
    end: on({
      label: { zh: '终止', en: 'End' },
      from: 'held',
      to: 'ended',
      by: ['system-administrator', 'system'],
      aside: true,
      danger: true,
      basis: '机关内部任职管理制度',
    }),
  },
});
