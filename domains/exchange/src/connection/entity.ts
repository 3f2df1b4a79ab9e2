import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { counterparts, systems } from '../counterpart/index.ts';

/** Each system of which there is a file, by its newest name. */
export const systemChoices = Object.fromEntries(
  systems.map((system) => [system, counterparts.filter((candidate) => candidate.system === system).at(-1)!.label]),
) as Record<string, { zh: string; en: string }>;

export const ports = {
  file: { zh: '文件', en: 'File' },
  api: { zh: '接口', en: 'API' },
} as const;

export const connectionShape = {
  system: field.choice('对方系统', systemChoices, { en: 'National system' }),
  port: field.choice('对接方式', ports, {
    en: 'Port',
    help: {
      zh: '选“接口”的，地址和凭据由系统管理员在安装配置中填写。',
      en: 'For the API, its address and credentials are in the configuration of the installation.',
    },
  }),
  since: field.date('从哪天的事项起报送', { en: 'Reports what happens from' }),
  agreement: field.text('对接依据', {
    en: 'Agreed by',
    max: 300,
    help: {
      zh: '对方书面确认接口和代码的文号或者函件。',
      en: 'The letter by which the counterpart confirmed format and codes.',
    },
  }),
};

/** 对接: from which day one organ reports to one national system, and through which port. */
export const Connection = entity(
  'exchange.connection',
  { zh: '系统对接', en: 'Connection' },
  {
    fields: {
      ...connectionShape,
      reason: optional(field.longText('变更或者终止理由', { en: 'Why it was changed or ended', max: 1000 })),
    },
    title: (row) => systemChoices[row.system]!.zh,
    purpose: {
      zh: '本机关向哪个国家系统报送、从哪天起、用文件还是接口。登记后，业务办理中产生的事项自动成为交换件，不再二次录入。',
      en: 'To which national system this organ reports, from when, by file or API. From then on what happens becomes a dispatch by itself.',
    },
  },
);
export type ConnectionRow = RecordRow<typeof Connection>;
