import { createCalendar } from '@hengjian/calendar';
import {
  addressOf,
  type Context,
  findTool,
  type Tool,
  tools,
  type Way,
  type Written,
  wayOf,
  words,
  work,
} from '@hengjian/workbench';
import { useEffect, useMemo, useState } from 'react';
import { Link, NavLink, useNavigate, useParams, useSearchParams } from 'react-router';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { useSpeech } from '../i18n/language.ts';
import { useKeys } from '../kit/keyboard.ts';
import { usePageTitle } from '../kit/title.ts';
import { NotFound } from '../shell/failures.tsx';
import { AnswerView } from './answer-view.tsx';
import { QuestionForm } from './question-form.tsx';
import './workbench.css';

const context: Context = { calendar: createCalendar(holidayYears) };

const linkTo = (tool: Tool, query: Record<string, string> = {}): string => {
  const search = new URLSearchParams(query).toString();
  return `/workbench/${tool.name}${search === '' ? '' : `?${search}`}`;
};

function Tools() {
  const { say } = useSpeech();
  const navigate = useNavigate();
  useKeys(Object.fromEntries(tools.map((tool, index) => [String(index + 1), () => void navigate(linkTo(tool))])));
  return (
    <nav className="bench-tools" aria-label={say(words.tools)}>
      <ul>
        {tools.map((tool, index) => (
          <li key={tool.name}>
            <NavLink to={linkTo(tool)}>
              {say(tool.title)} <small aria-hidden="true">{index + 1}</small>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Ways({ tool, way }: { tool: Tool; way: Way }) {
  const { say, t } = useSpeech();
  const navigate = useNavigate();
  const move = (by: number): void => {
    const next = tool.ways[(tool.ways.indexOf(way) + by + tool.ways.length) % tool.ways.length]!;
    void navigate(linkTo(tool, { by: next.name }));
  };
  useKeys({ '[': () => move(-1), ']': () => move(1) });
  if (tool.ways.length === 1) return null;
  return (
    <nav className="bench-ways" aria-label={say(words.ways)}>
      <ul>
        {tool.ways.map((one) => (
          <li key={one.name}>
            <Link to={linkTo(tool, { by: one.name })} aria-current={one === way ? 'true' : undefined}>
              {say(one.title)}
            </Link>
          </li>
        ))}
      </ul>
      <p className="small soft wide-only">{t('workbench.keys')}</p>
    </nav>
  );
}

function CopyLink() {
  const { say } = useSpeech();
  const [copied, setCopied] = useState('');
  const [search] = useSearchParams();
  const here = search.toString();
  return (
    <p className="row no-print">
      <button
        type="button"
        className="button"
        onClick={() => void navigator.clipboard.writeText(window.location.href).then(() => setCopied(here))}
      >
        {say(copied === here ? words.copied : words.copy)}
      </button>
      <button type="button" className="button" onClick={() => window.print()}>
        {say(words.print)}
      </button>
    </p>
  );
}

function Bench({ tool, way, written }: { tool: Tool; way: Way; written: Written }) {
  const { say } = useSpeech();
  const [, setSearch] = useSearchParams();
  const outcome = useMemo(() => work(way, written, context), [way, written]);
  useEffect(() => {
    if (outcome.state === 'refused') document.querySelector<HTMLElement>('.bench-form [aria-invalid="true"]')?.focus();
  }, [outcome]);
  return (
    <div className="bench">
      <QuestionForm
        key={`${tool.name} ${way.name}`}
        way={way}
        written={written}
        problems={outcome.state === 'refused' ? outcome.problems : []}
        answered={outcome.state === 'answered'}
        onAsk={(asked) => setSearch(addressOf(way, asked))}
      />
      <div className="stack" aria-live="polite">
        {outcome.state === 'answered' && (
          <>
            <AnswerView answer={outcome.answer} />
            <CopyLink />
          </>
        )}
        {outcome.state === 'empty' && (
          <div className="stack">
            <p className="soft">{say(way.lead)}</p>
            <p>
              {say(words.example)}:{' '}
              <Link to={linkTo(tool, addressOf(way, way.example.values))}>{say(way.example.label)}</Link>
            </p>
          </div>
        )}
      </div>
    </div>
  );
}

function ToolPage({ tool }: { tool: Tool }) {
  const { say } = useSpeech();
  const heading = usePageTitle(say(tool.title));
  const [search] = useSearchParams();
  const written = useMemo(() => Object.fromEntries(search), [search]);
  const way = wayOf(tool, written.by);
  // After the title has been announced the first field is ready to be written in.
  useEffect(() => {
    const first = `.bench-form[data-way="${way.name}"] :is(input, select, textarea)`;
    document.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }, [way]);
  return (
    <main className="main stack" id="main">
      <Tools />
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {say(tool.title)}
        </h1>
        <p className="soft">{say(tool.lead)}</p>
      </div>
      <Ways tool={tool} way={way} />
      <Bench tool={tool} way={way} written={written} />
    </main>
  );
}

/** Five calculations whose address is the calculation itself. */
export function WorkbenchPage() {
  const { tool: name = tools[0].name } = useParams();
  const tool = findTool(name);
  return tool === undefined ? <NotFound /> : <ToolPage key={tool.name} tool={tool} />;
}
