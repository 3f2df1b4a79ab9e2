import { useSpeech } from '../i18n/language.ts';
import { Notice } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import type { SystemSight } from './shapes.ts';

/** What of ours goes into which field there, as it is configured; and how sure that is. */
export function Mapping({ system }: { system: SystemSight }) {
  const { t, say } = useSpeech();
  return (
    <details>
      <summary>{t('exchange.mapping', { edition: system.edition })}</summary>
      <div className="stack exchange-mapping">
        <p className="small">{system.basis}</p>
        {system.confidence !== 'public' && (
          <Notice tone="warn">
            <b>{t(`exchange.confidence.${system.confidence}`)}</b> {say(system.source)}
          </Notice>
        )}
        {system.messages.map((message) => (
          <details key={message.name}>
            <summary>
              {say(message.label)} <span className="small soft">{message.basis}</span>
            </summary>
            <ScrollFrame label={say(message.label)}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t('exchange.field.theirs')}</th>
                    <th scope="col">{t('exchange.field.words')}</th>
                    <th scope="col">{t('exchange.field.ours')}</th>
                    <th scope="col">{t('exchange.field.form')}</th>
                    <th scope="col">{t('exchange.field.required')}</th>
                    <th scope="col" className="numeric">
                      {t('exchange.field.max')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {message.fields.map((field) => (
                    <tr key={field.name}>
                      <td className="code">{field.name}</td>
                      <td>{say(field.label)}</td>
                      <td className="code">{field.from}</td>
                      <td>
                        {field.form === 'text' || field.form === 'codes' || field.form === 'number'
                          ? t(`exchange.form.${field.form}`)
                          : field.form}
                      </td>
                      <td>{t(field.required ? 'yes' : 'no')}</td>
                      <td className="numeric">{field.max ?? '—'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollFrame>
          </details>
        ))}
      </div>
    </details>
  );
}
