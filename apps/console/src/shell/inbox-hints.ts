import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { inboxQuery } from '../session.ts';

/**
 * Follows the server's hints that an inbox may have changed. The stream is open only while the page is seen, since each
 * open page holds a connection; coming back to a page refreshes it anyway.
 */
export function useInboxHints(active: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!active) return;
    let stream: EventSource | undefined;
    const refresh = () => void client.invalidateQueries({ queryKey: inboxQuery.queryKey });
    function follow(): void {
      stream?.close();
      stream = undefined;
      if (document.visibilityState !== 'visible') return;
      stream = new EventSource('/api/events/stream');
      stream.addEventListener('inbox', refresh);
    }
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      stream?.close();
    };
  }, [active, client]);
}
