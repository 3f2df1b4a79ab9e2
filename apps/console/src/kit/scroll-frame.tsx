import type { ReactNode, Ref } from 'react';

/** A frame that scrolls by itself. It is named and takes focus, so that the keyboard can scroll it. */
export function ScrollFrame({
  label,
  className = '',
  frame,
  children,
}: {
  label: string;
  className?: string;
  frame?: Ref<HTMLElement>;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={`table-frame ${className}`} tabIndex={0} aria-label={label} ref={frame ?? null}>
      {children}
    </section>
  );
}
