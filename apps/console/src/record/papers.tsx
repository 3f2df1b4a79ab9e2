import type { DocumentView, EntityView, RecordPage } from '../api.ts';
import { beijingTime, fileSize } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Verdict } from '../kit/pieces.tsx';

function Paper({ paper }: { paper: DocumentView }) {
  const { t, say } = useSpeech();
  return (
    <li className="paper">
      <Icon name="paper" />
      <div>
        <a href={paper.url} target="_blank" rel="noopener">
          {paper.title || say(paper.label)}
          <span className="visually-hidden"> ({t('new-window')})</span>
        </a>
        <p className="small soft dotted">
          <span>{say(paper.label)}</span>
          {paper.number && <span>{paper.number}</span>}
          <span>{beijingTime(paper.createdAt)}</span>
          {paper.size !== null && <span>{fileSize(paper.size)}</span>}
        </p>
      </div>
    </li>
  );
}

/** Papers held, and the papers that the actions now open still ask for. */
export function Papers({ record, entity }: { record: RecordPage; entity: EntityView | undefined }) {
  const { t, say } = useSpeech();
  const held = new Set(record.documents.map((paper) => paper.kind));
  const needed = new Map(
    record.can.flatMap((can) =>
      can.needs.map((need) => [need.kind, { label: need.label, forAction: can.label }] as const),
    ),
  );
  const open = [...needed].filter(([kind]) => !held.has(kind));
  if (record.documents.length === 0 && open.length === 0) {
    const kinds = Object.values(entity?.documents ?? {}).map(say);
    return (
      <p className="soft sheet-body">
        {kinds.length > 0 ? t('papers.none-yet', { kinds: kinds.join(t('separator')) }) : t('papers.none')}
      </p>
    );
  }
  return (
    <ul className="papers">
      {record.documents.map((paper) => (
        <Paper key={paper.id} paper={paper} />
      ))}
      {open.map(([kind, need]) => (
        <li key={kind} className="paper">
          <Verdict ok={null} of="paper" />
          <div>
            {say(need.label)}
            <p className="small soft">{t('papers.needed-for', { action: say(need.forAction) })}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
