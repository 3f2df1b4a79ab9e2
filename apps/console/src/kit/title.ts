import { useEffect, useRef } from 'react';

/** Names the document and moves focus to the page's heading once, so that a screen reader hears where it has come. */
export function usePageTitle(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const ready = title !== '';
  useEffect(() => {
    document.title = title === '' ? '衡鉴' : `${title} · 衡鉴`;
  }, [title]);
  useEffect(() => {
    if (ready) heading.current?.focus({ preventScroll: true });
  }, [ready]);
  return heading;
}
