import type { Answer, Block, CurveBlock, TableBlock, Text } from '@hengjian/workbench';
import { useSpeech } from '../i18n/language.ts';
import { LineChart } from '../kit/line-chart.tsx';
import { Notice, Sheet, type Tone } from '../kit/pieces.tsx';

const tones: Record<Answer['tone'], { tone: Tone; sign: string }> = {
  plain: { tone: 'link', sign: '' },
  good: { tone: 'good', sign: '✓ ' },
  bad: { tone: 'act', sign: '✗ ' },
  open: { tone: 'warn', sign: '○ ' },
};

function useText(): (text: Text) => string {
  const { say } = useSpeech();
  return (text) => (typeof text === 'string' ? text : say(text));
}

function Table({ block }: { block: TableBlock }) {
  const { say } = useSpeech();
  const text = useText();
  return (
    <table className="table bench-table">
      <caption className="visually-hidden">{say(block.title)}</caption>
      <thead>
        <tr>
          {block.columns.map(({ name, numeric }) => (
            <th key={name.en} scope="col" className={numeric ? 'numeric' : undefined}>
              {say(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((cells) => (
          <tr key={cells.map(text).join('|')}>
            {cells.map((cell, index) => {
              const column = block.columns[index];
              const kind = column?.numeric ? 'numeric' : undefined;
              return index === 0 ? (
                <th key={column?.name.en} scope="row" className={kind}>
                  {text(cell)}
                </th>
              ) : (
                <td key={column?.name.en} className={kind}>
                  {text(cell)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Curve({ block }: { block: CurveBlock }) {
  const { say, t } = useSpeech();
  return (
    <div className="sheet-body bench-curve">
      <LineChart
        title={say(block.title)}
        about={say(block.about)}
        points={[...block.points]}
        marks={block.marks.map(({ x, y, label }) => ({ x, y, label: say(label) }))}
        xLabel={say(block.xLabel)}
        yLabel={say(block.yLabel)}
        readLabel={t('plan.read')}
      />
      <Table block={block.table} />
    </div>
  );
}

function Facts({ block }: { block: Extract<Block, { kind: 'facts' }> }) {
  const { say } = useSpeech();
  const text = useText();
  return (
    <dl className="bench-facts">
      {block.rows.map(({ name, value, note }) => (
        <div key={name.en}>
          <dt>{say(name)}</dt>
          <dd>
            {text(value)} {note && <span className="small soft">{say(note)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Marked({ block }: { block: Extract<Block, { kind: 'marked' }> }) {
  const characters = Array.from(block.text);
  const places = block.wrong.some((place) => place > characters.length) ? [...characters, '_'] : characters;
  return (
    <p className="bench-marked">
      {places.map((character, index) => {
        const place = index + 1;
        const wrong = block.wrong.includes(place) || index === characters.length;
        return wrong ? (
          <mark key={place} title={String(place)}>
            {character === ' ' ? '␠' : character}
          </mark>
        ) : (
          <span key={place}>{character}</span>
        );
      })}
    </p>
  );
}

function Part({ block }: { block: Block }) {
  const { say } = useSpeech();
  const text = useText();
  switch (block.kind) {
    case 'notice':
      return (
        <Notice tone={block.tone}>
          <p>{say(block.text)}</p>
        </Notice>
      );
    case 'curve':
      return (
        <Sheet title={say(block.title)}>
          <Curve block={block} />
        </Sheet>
      );
    case 'facts':
      return (
        <Sheet title={block.title ? say(block.title) : ''}>
          <div className="sheet-body">
            <Facts block={block} />
          </div>
        </Sheet>
      );
    case 'table':
      return (
        <Sheet title={say(block.title)}>
          <div className="sheet-body">
            <Table block={block} />
          </div>
        </Sheet>
      );
    case 'marked':
      return (
        <Sheet title={say(block.title)}>
          <div className="sheet-body">
            <Marked block={block} />
          </div>
        </Sheet>
      );
    case 'steps':
      return (
        <Sheet title={say(block.title)}>
          <ol className="sheet-body bench-steps">
            {block.steps.map((step) => (
              <li
                key={`${step.when ?? ''} ${text(step.text)}`}
                data-weight={step.weight}
                data-dated={step.when !== undefined}
              >
                {step.when !== undefined && <span className="bench-when">{step.when}</span>}
                <span>{text(step.text)}</span>
              </li>
            ))}
          </ol>
        </Sheet>
      );
  }
}

/** What was found, first in one sentence and then with everything that leads to it. */
export function AnswerView({ answer }: { answer: Answer }) {
  const { say } = useSpeech();
  const { tone, sign } = tones[answer.tone];
  return (
    <>
      <Notice tone={tone}>
        <p className="bench-headline">
          {sign}
          {say(answer.headline)}
        </p>
      </Notice>
      {answer.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer's parts never move.
        <Part key={index} block={block} />
      ))}
    </>
  );
}
