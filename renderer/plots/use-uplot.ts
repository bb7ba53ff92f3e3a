import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState, type RefCallback, type RefObject } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { isZoomedIn, readoutOf, type Readout } from './plot-moves';
import { plotOptions, type PlotXKind } from './plot-options';

/** A drawn plot, and what is known of it. */
export interface DrawnPlot {
  /** Null before it is drawn. */
  readonly plot: RefObject<uPlot | null>;
  /** For the element that the plot is put in. */
  readonly host: RefObject<HTMLDivElement | null>;
  /** For the element whose width the plot takes. */
  readonly frame: RefCallback<HTMLDivElement | null>;
  readonly readout: Readout | null;
  readonly isZoomed: boolean;
}

interface PlotContent {
  readonly data: uPlot.AlignedData;
  /** The names of the lines. */
  readonly names: readonly string[];
  readonly xKind: PlotXKind;
  /** In CSS pixels. */
  readonly height: number;
}

/** Keeps a uPlot in step with its data and its size, and takes it away with the component. Names and theme stay. */
export function useUplot({ data, names, xKind, height }: PlotContent): DrawnPlot {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { ref: frame, width } = useElementSize<HTMLDivElement>();
  const [readout, setReadout] = useState<Readout | null>(null);
  const [isZoomed, setZoomed] = useState(false);
  const hasSize = width > 0;
  const content = useRef({ data, names, width, height });

  useEffect(() => {
    content.current = { data, names, width, height };
  }, [data, names, width, height]);

  useEffect(() => {
    const element = host.current;
    // Without a canvas (every window has one) the words around the plot are all there is.
    if (element === null || !hasSize || document.createElement('canvas').getContext('2d') === null)
      return undefined;
    const hooks: uPlot.Hooks.Arrays = {
      setCursor: [(drawn) => setReadout(readoutOf(drawn))],
      setScale: [(drawn, scale) => (scale === 'x' ? setZoomed(isZoomedIn(drawn)) : undefined)],
    };
    const made = new uPlot(plotOptions({ ...content.current, xKind, hooks }), content.current.data, element);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
      setReadout(null);
    };
  }, [hasSize, xKind]);

  useEffect(() => {
    if (hasSize) plot.current?.setSize({ width, height });
  }, [hasSize, width, height]);

  useEffect(() => {
    const drawn = plot.current;
    if (drawn === null || drawn.data === data) return;
    // What the operator has zoomed to stays where it is while values come.
    const stays = isZoomedIn(drawn);
    drawn.setData(data, !stays);
    if (stays) drawn.redraw();
  }, [data]);

  return { plot, host, frame, readout, isZoomed };
}
