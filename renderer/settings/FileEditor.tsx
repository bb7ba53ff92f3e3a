import { useRef, type ReactElement } from 'react';
import type { ConfigProblem } from '../../shared/ipc/state';
import classes from './FileEditor.module.css';
import { lineCount, offsetOf } from './text-place';
import { changeText, useSettingsStore } from './settings-store';

/** Height of a line of the editor, in pixels; the style sheet has the same. */
const lineHeight = 18;

/** The file's text with line numbers, and what is wrong with it. */
export function FileEditor(): ReactElement {
  const text = useSettingsStore((store) => store.text);
  const problems = useSettingsStore((store) => store.file?.problems ?? none);
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const goTo = (line: number, column: number): void => {
    if (area.current === null) return;
    const at = offsetOf(text, line, column);
    area.current.focus();
    area.current.setSelectionRange(at, at);
    area.current.scrollTop = Math.max(0, (line - 4) * lineHeight);
  };
  const numbers = Array.from({ length: lineCount(text) }, (_, index) => index + 1).join('\n');
  return (
    <div className={classes.editor}>
      {problems.length === 0 ? null : (
        <ul className={classes.problems} role="alert">
          {problems.map((problem) => (
            <li key={`${problem.line} ${problem.column} ${problem.message}`}>
              <Problem problem={problem} onGo={goTo} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.text}>
        <pre ref={gutter} className={classes.gutter} aria-hidden="true">
          {numbers}
        </pre>
        <textarea
          ref={area}
          className={classes.area}
          aria-label="Text of the configuration file"
          spellCheck={false}
          wrap="off"
          value={text}
          onChange={(event) => changeText(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
    </div>
  );
}

const none: readonly ConfigProblem[] = [];

interface ProblemProps {
  readonly problem: ConfigProblem;
  readonly onGo: (line: number, column: number) => void;
}

function Problem({ problem, onGo }: ProblemProps): ReactElement {
  const { line, column, message } = problem;
  if (line === null) return <span>{message}</span>;
  return (
    <button type="button" className={classes.problem} onClick={() => onGo(line, column ?? 1)}>
      <span className={classes.place}>
        {line}:{column ?? 1}
      </span>
      {message}
    </button>
  );
}
