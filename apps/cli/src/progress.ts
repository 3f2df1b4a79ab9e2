import type { Terminal } from './terminal.ts';

export interface Progress {
  /** `total` is null where nobody knows it yet. */
  show(label: string, done: number, total: number | null): void;
  /** Leaves the last state standing and goes to the next line. */
  end(): void;
}

const width = 24;

/** A bar on the second stream, redrawn at most ten times a second; where nobody watches, a line every five seconds. */
export function createProgress(terminal: Terminal, clock: () => number = () => performance.now()): Progress {
  const interval = terminal.watched ? 100 : 5_000;
  let drawn = terminal.watched ? Number.NEGATIVE_INFINITY : clock();
  let last = '';
  return {
    show(label, done, total) {
      const filled = total === null || total === 0 ? 0 : Math.min(width, Math.floor((width * done) / total));
      const bar = total === null ? '' : ` [${'█'.repeat(filled)}${'·'.repeat(width - filled)}]`;
      last = `${label}${bar} ${done}${total === null ? '' : `/${total}`}`;
      const now = clock();
      if (now - drawn < interval) return;
      drawn = now;
      terminal.err(terminal.watched ? `\r\u001b[K${last}` : `${last}\n`);
    },
    end() {
      if (last !== '' && terminal.watched) terminal.err(`\r\u001b[K${last}\n`);
      last = '';
    },
  };
}
