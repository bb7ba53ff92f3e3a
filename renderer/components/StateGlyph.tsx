import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { RunStateWord } from '../../shared/domain/run';
import classes from './StateGlyph.module.css';

/** Every state that a slot or a run can show: a run's word, `idle` for a slot without one, `unmatched` for no slot. */
export type SlotStateWord = RunStateWord | 'idle' | 'unmatched';

/** What a glyph can show: a state, or that the way to a run is cut, which goes on in whatever state it is. */
export type GlyphState = SlotStateWord | 'disconnected';

/** The shape of a state. Colour only helps: the shapes differ, and the word stands beside them. */
export function StateGlyph({
  state,
  size = 14,
}: {
  readonly state: GlyphState;
  readonly size?: number;
}): ReactElement {
  return (
    <svg
      className={`${classes.glyph} ${classes[toneOf(state)]}`}
      width={size}
      height={size}
      viewBox="0 0 14 14"
      aria-hidden="true"
      focusable="false"
    >
      {shapeOf(state)}
    </svg>
  );
}

interface StateLabelProps {
  readonly state: SlotStateWord;
  /** Another shape for the state's word: that of a cut connection. */
  readonly glyph?: GlyphState;
}

/** A state's shape with its word beside it. */
export function StateLabel({ state, glyph = state }: StateLabelProps): ReactElement {
  return (
    <span className={`${classes.label} ${classes[toneOf(glyph)]}`}>
      <StateGlyph state={glyph} />
      {state}
    </span>
  );
}

type Tone = 'active' | 'good' | 'warn' | 'bad' | 'quiet';

/** What a state asks of who looks on, which its colour says. */
export function toneOf(state: GlyphState): Tone {
  switch (state) {
    case 'starting':
    case 'running':
    case 'settling':
      return 'active';
    case 'succeeded':
      return 'good';
    case 'stopping':
    case 'lost':
    case 'disconnected':
      return 'warn';
    case 'failed':
      return 'bad';
    case 'aborted':
    case 'idle':
    case 'unmatched':
      return 'quiet';
    default:
      return assertNever(state);
  }
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const;

function shapeOf(state: GlyphState): ReactElement {
  switch (state) {
    case 'starting':
      return <path d="M3.5 2.8 10.8 7l-7.3 4.2z" {...line} strokeWidth={1.6} strokeLinejoin="round" />;
    case 'running':
      return <path d="M3 2l9 5-9 5z" fill="currentColor" />;
    case 'settling':
      return <path d="M2 3.5h10M2 7h7M2 10.5h4" {...line} />;
    case 'stopping':
      return <rect x="2" y="2" width="10" height="10" fill="currentColor" />;
    case 'succeeded':
      return <path d="M2 7.5 5.5 11 12 3.5" {...line} />;
    case 'failed':
      return <path d="M2.5 2.5l9 9m0-9l-9 9" {...line} />;
    case 'aborted':
      return (
        <g {...line} strokeWidth={1.7}>
          <circle cx="7" cy="7" r="5" />
          <path d="M3.6 3.6l6.8 6.8" />
        </g>
      );
    case 'lost':
      return <path d="M7 1.6l5.6 10.2H1.4z" {...line} strokeWidth={1.7} strokeLinejoin="round" />;
    case 'disconnected':
      // Filled with a mark cut out of it, where the triangle of a lost run is an empty one.
      return (
        <path
          d="M7 .9l6.5 11.9H.5zM6.2 5v3.8h1.6V5zm0 4.9v1.6h1.6V9.9z"
          fill="currentColor"
          fillRule="evenodd"
        />
      );
    case 'idle':
      return <circle cx="7" cy="7" r="4.5" {...line} strokeWidth={1.8} />;
    case 'unmatched':
      return (
        <g {...line} strokeWidth={1.8}>
          <path d="M4.4 5a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.8-1.1 1.7" />
          <path d="M7 11.2v1.6" />
        </g>
      );
    default:
      return assertNever(state);
  }
}
