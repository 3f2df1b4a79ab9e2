const paths = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM11 11l3.5 3.5',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M3 3l10 10M13 3 3 13',
  down: 'M4 6l4 4 4-4',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  up: 'M4 10l4-4 4 4',
  sort: 'M4.5 6 8 2.5 11.5 6M4.5 10 8 13.5 11.5 10',
  inbox: 'M2 9v4h12V9M2 9l2-6h8l2 6M2 9h3.5l1 2h3l1-2H14',
  approve: 'M3 13h10M5 13V9.5L4 5.5a4 4 0 1 1 8 0L11 9.5V13',
  list: 'M5.5 4H14M5.5 8H14M5.5 12H14M2 4h.5M2 8h.5M2 12h.5',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5 6 6 0 1 0 13.5 9.5Z',
  half: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h5M8 8h6M8 11h5',
  print: 'M4 6V2h8v4M4 12H2V6h12v6h-2M4 10h8v4H4z',
  paper: 'M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13',
  plus: 'M8 3v10M3 8h10',
  copy: 'M6 5h8v9H6zM10 5V2H2v9h4',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  keep: 'M4 2h8v12l-4-3-4 3z',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2 14h12',
  upload: 'M8 11V3M4.5 6 8 2.5 11.5 6M2 14h12',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5',
  keys: 'M1.5 4h13v8h-13zM4 7h.5M7 7h.5M10 7h.5M5 9.5h6',
  draw: 'M8 1.5 14 5v6l-6 3.5L2 11V5zM2 5l6 3.5L14 5M8 8.5v6',
  curve: 'M2 2v12h12M2 4c5 0 5 9 12 9',
  exchange: 'M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3',
  loop: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.5v3h-3',
  map: 'M2 4l4-2 4 2 4-2v10l-4 2-4-2-4 2zM6 2v10M10 4v10',
  archive: 'M2 3h12v3H2zM3 6v8h10V6M6.5 9h3',
  parked: 'M5.5 3v10M10.5 3v10',
  lock: 'M4 7h8v7H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  send: 'M2 8 14 2.5 10.5 14 7.5 9.5zM7.5 9.5 14 2.5',
  dots: 'M3 8h.5M8 8h.5M13 8h.5',
} as const;

export type IconName = keyof typeof paths;

/** A 16-px line drawing. It never stands alone for meaning: a text or an accessible name is always beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark: a balance beam over a seal. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="mark">
      <path d="M16 2v8M3 6.5h26" className="mark-beam" />
      <path d="M1 12.5 3 6.5l2 6zM27 12.5l2-6 2 6z" className="mark-pan" />
      <rect x="8" y="12" width="16" height="18" rx="2" className="mark-seal" />
      <path d="M12 16v10M16 16v10M20 16v10M12 21h8" className="mark-cut" />
    </svg>
  );
}
