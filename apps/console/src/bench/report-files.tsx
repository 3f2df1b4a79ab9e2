import type { RecordPage } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';

/** The report as data beside its paper: what hash and seal are over, the certificate in XML, the seal. */
export function ReportFiles({ record }: { record: RecordPage }) {
  const { t } = useSpeech();
  if (record.entity !== 'laboratory.sample' || !record.fields.report) return null;
  const forms = ['json', 'xml', ...(record.fields.signature ? ['seal' as const] : [])] as const;
  return (
    <ul className="papers">
      {forms.map((form) => (
        <li key={form} className="paper">
          <Icon name="paper" />
          <a href={`/api/reports/${record.id}/${form}`} download>
            {t(`report.${form}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
