import type { EntityView, RecordPage } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Sheet } from '../kit/pieces.tsx';
import { Clocks } from '../record/clocks.tsx';
import { Facts } from '../record/facts.tsx';
import { NearRecords, nearOf } from '../record/near.tsx';
import { Papers } from '../record/papers.tsx';

/** What is known already, beside what is being written: time limits, facts and papers of the record. */
export function RecordAside({ record, entity }: { record: RecordPage; entity: EntityView | undefined }) {
  const { t } = useSpeech();
  const running = record.clocks.filter((clock) => clock.status === 'running');
  return (
    <aside className="action-aside stack" aria-label={t('action.aside')}>
      {running.length > 0 && (
        <Sheet title={t('clocks')}>
          <Clocks clocks={running} />
        </Sheet>
      )}
      <Sheet title={t('record.facts')}>
        <div className="sheet-body">
          <NearRecords value={nearOf(record)}>
            <Facts fields={record.fields} entity={entity} />
          </NearRecords>
        </div>
      </Sheet>
      {record.documents.length > 0 && (
        <Sheet title={t('papers')}>
          <Papers record={record} entity={entity} />
        </Sheet>
      )}
    </aside>
  );
}
