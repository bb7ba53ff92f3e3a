import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { Session } from '../../shared/domain/session';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { useKeeping, useLeft } from '../stores/kept-views';
import { nextMarks, noMarks } from './change-marks';
import { JsonTree } from './JsonTree';
import { rowId, type JsonPath } from './json-tree';
import { freshTree, keptTrees } from './kept-trees';
import { PlotDialog } from './PlotDialog';
import { RawJson } from './RawJson';
import { RawToggle, SessionDataTools } from './SessionDataTools';
import classes from './SessionPane.module.css';
import { TextDetail } from './TextDetail';
import { useJsonSearch } from './use-json-search';
import { useTreeFolding } from './use-tree-folding';

interface SessionDataProps {
  readonly session: Session;
  /** Keeps a number's later values for a chart; left out where nobody keeps them. */
  readonly onPin?: (path: JsonPath) => void;
}

/** A session's data: a tree with search, plots and whole texts, or all of it as JSON. */
export function SessionData({ session, onPin }: SessionDataProps): ReactElement {
  const { data } = session;
  const left = useLeft(keptTrees, session.run, freshTree);
  const folding = useTreeFolding(left);
  const [typed, setTyped] = useState(left.typed);
  const [current, setCurrent] = useState(left.current);
  const [isRaw, setRaw] = useState(left.isRaw);
  const { expanded, selected } = folding;
  useKeeping(keptTrees, session.run, { expanded, selected, typed, current, isRaw });
  const [isCut, setCut] = useState(false);
  const [plotted, setPlotted] = useState<JsonPath | null>(null);
  const [text, setText] = useState<JsonPath | null>(null);
  const [marks, setMarks] = useState(() => noMarks(session));
  if (marks.session !== session) {
    setMarks(nextMarks(marks, session, (key) => folding.expanded.has(rowId([key]))));
  }
  const matches = useJsonSearch(data, typed);
  const found = useMemo(() => new Set(matches?.paths.map(rowId)), [matches]);
  const actions = useMemo(
    () => ({ onPlot: setPlotted, onShowText: setText, ...(onPin === undefined ? {} : { onPin }) }),
    [onPin],
  );

  const { reveal, unfold } = folding;
  const goTo = useCallback(
    (step: 1 | -1) => {
      const count = matches?.paths.length ?? 0;
      if (count === 0) return;
      const from = current ?? (step === 1 ? -1 : 0);
      const next = (from + step + count) % count;
      const path = matches?.paths[next];
      setCurrent(next);
      if (path !== undefined) reveal(data, path);
    },
    [matches, current, data, reveal],
  );

  return (
    <div className={classes.data}>
      {isRaw ? null : (
        <SessionDataTools
          typed={typed}
          onType={(value) => {
            setTyped(value);
            setCurrent(null);
          }}
          matches={matches}
          current={current}
          onGoTo={goTo}
          onRaw={setRaw}
          onUnfold={(levels) => setCut(!unfold(data, levels))}
        />
      )}
      {isCut && !isRaw ? (
        <p className={classes.note}>
          Only the first levels were unfolded: there would be more than 5,000 rows. Unfold single values, or
          search.
        </p>
      ) : null}
      {isRaw ? (
        <RawJson session={session} toggle={<RawToggle isRaw onRaw={setRaw} />} />
      ) : (
        <JsonTree session={session} folding={folding} marks={marks} found={found} actions={actions} />
      )}
      {text === null || isRaw ? null : <TextDetail data={data} path={text} onClose={() => setText(null)} />}
      {plotted === null ? null : (
        <ErrorBoundary what="The plot">
          <PlotDialog data={data} path={plotted} onClose={() => setPlotted(null)} />
        </ErrorBoundary>
      )}
    </div>
  );
}
