import { useEffect, useRef } from 'react';
import { useSpeech } from '../i18n/language.ts';
import { type FormError, fieldId } from './form.ts';

/** What went wrong, at the top, each line leading to its field. Focus comes here so that it is heard and seen. */
export function ErrorSummary({ sentence, errors }: { sentence: string; errors: FormError[] }) {
  const { t } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sentence !== '' || errors.length > 0) box.current?.focus();
  }, [sentence, errors]);
  function reach(path: string): void {
    const element =
      document.getElementById(fieldId(path)) ?? document.getElementById(fieldId(path.split('.')[0] ?? path));
    for (let folded = element?.closest('details'); folded; folded = folded.parentElement?.closest('details'))
      folded.open = true;
    element?.focus();
    element?.scrollIntoView({ block: 'center' });
  }
  return (
    <div className="notice error-summary" data-tone="act" role="alert" tabIndex={-1} ref={box}>
      <h2>{t('errors.title')}</h2>
      {sentence && <p>{sentence}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map((error) => (
            <li key={`${error.path}${error.text}`}>
              <a
                href={`#${fieldId(error.path)}`}
                onClick={(event) => {
                  event.preventDefault();
                  reach(error.path);
                }}
              >
                {error.text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
