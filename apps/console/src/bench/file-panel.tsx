import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Label } from '../api.ts';
import { queryString, upload } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Notice, Sheet } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { withUnit } from './grid-model.ts';

type FileRow = {
  row: number;
  blindCode: string;
  item: string;
  result: string;
  unit: string | null;
  fault: Label | null;
};
type FileReport = { good: number; bad: number; rows: FileRow[]; imported: boolean; replayed: boolean };

/** A file of an instrument: which mapping, what it would enter, which rows are wrong; taken whole or not at all. */
export function FilePanel({
  id,
  mappings,
  reload,
}: {
  id: string;
  mappings: string[];
  reload: () => Promise<unknown>;
}) {
  const { t, say, explain } = useSpeech();
  const [mapping, setMapping] = useState(mappings[0] ?? '');
  const [file, setFile] = useState<File | null>(null);
  const send = (preview: boolean, chosen: File): Promise<FileReport> =>
    upload(`/api/worksheets/${id}/result-file${queryString({ mapping, preview: String(preview) })}`, chosen);
  const look = useMutation({ mutationFn: (chosen: File) => send(true, chosen) });
  const take = useMutation({
    mutationFn: (chosen: File) => send(false, chosen),
    onSuccess: async (report) => {
      await reload();
      announce(t('file.taken', { n: report.good }));
    },
  });
  const seen = look.data;
  const wrong = seen?.rows.filter(({ fault }) => fault !== null) ?? [];
  const busy = look.isPending || take.isPending;
  return (
    <Sheet title={t('file')}>
      <div className="sheet-body stack">
        {mappings.length === 0 ? (
          <p className="soft">{t('file.no-mapping')}</p>
        ) : (
          <div className="row grid-file-choice">
            <label className="field">
              <span className="field-label">{t('file.mapping')}</span>
              <select className="select" value={mapping} onChange={(event) => setMapping(event.target.value)}>
                {mappings.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
            <label className="field">
              <span className="field-label">{t('file.choose')}</span>
              <input
                type="file"
                accept=".csv,.xlsx,.json"
                onChange={(event) => {
                  const chosen = event.target.files?.[0] ?? null;
                  setFile(chosen);
                  take.reset();
                  if (chosen) look.mutate(chosen);
                }}
              />
            </label>
          </div>
        )}
        {(look.error ?? take.error) && (
          <div role="alert">
            <Notice tone="warn">{explain(look.error ?? take.error)}</Notice>
          </div>
        )}
        {seen && !take.data && (
          <Notice tone={seen.bad > 0 ? 'warn' : 'good'}>
            {seen.bad > 0 ? t('file.bad', { good: seen.good, bad: seen.bad }) : t('file.good', { n: seen.good })}{' '}
            {seen.bad === 0 && file && (
              <button type="button" className="button" aria-disabled={busy} onClick={() => !busy && take.mutate(file)}>
                {t('file.take', { n: seen.good })}
              </button>
            )}
          </Notice>
        )}
        {take.data && (
          <Notice tone="good">{take.data.replayed ? t('file.again') : t('file.taken', { n: take.data.good })}</Notice>
        )}
        {wrong.length > 0 && (
          <ScrollFrame label={t('table.of', { title: t('file.wrong') })} className="grid-file">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col" className="numeric">
                    {t('file.row')}
                  </th>
                  <th scope="col">{t('grid.code')}</th>
                  <th scope="col">{t('file.item')}</th>
                  <th scope="col">{t('grid.result')}</th>
                  <th scope="col">{t('file.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {wrong.slice(0, 200).map((row) => (
                  <tr key={row.row}>
                    <td className="numeric">{row.row}</td>
                    <td className="code">{row.blindCode}</td>
                    <td>{row.item}</td>
                    <td>{withUnit(row.result, row.unit)}</td>
                    <td>{say(row.fault)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        )}
      </div>
    </Sheet>
  );
}
