import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from './icon.tsx';

/**
 * The browser's own modal dialog: it traps focus, closes on Escape and gives focus back. Focus goes to the element
 * marked `data-first-focus`, else to the first that takes it.
 */
export function Dialog({
  title,
  onClose,
  children,
  className = '',
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  className?: string;
}) {
  const { t } = useSpeech();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    dialog?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      if (dialog?.open) dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click only closes on the backdrop; Escape is the keyboard's way.
    <dialog
      ref={element}
      className={`dialog ${className}`}
      aria-labelledby={heading}
      // React may take an effect back and run it again; the event of that first closing comes when it is open once more.
      onClose={() => !element.current?.open && onClose()}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" className="button-quiet" onClick={onClose}>
          <Icon name="close" />
          <span className="visually-hidden">{t('close')}</span>
        </button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
