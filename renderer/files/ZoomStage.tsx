import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useImperativeHandle, useRef, type ReactElement, type ReactNode, type Ref } from 'react';
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from 'react-zoom-pan-pinch';
import classes from './FileViewer.module.css';

/** What buttons and keys do with a picture. */
export interface ZoomControls {
  readonly fit: () => void;
  readonly actualSize: () => void;
  readonly larger: () => void;
  readonly smaller: () => void;
}

interface ZoomStageProps {
  readonly controls: Ref<ZoomControls>;
  /** Hears the scale that is shown, 1 for a picture's own pixels; null once there is no picture any more. */
  readonly onScale: (scale: number | null) => void;
  readonly children: ReactNode;
}

/** A step of zoom by button or key, and how long it takes in milliseconds. */
const zoomStep = 0.4;
const motion = 120;

/** A picture that can be zoomed with the wheel and dragged about. It begins fitted into its place. */
export function ZoomStage({ controls, onScale, children }: ZoomStageProps): ReactElement {
  const zoom = useRef<ReactZoomPanPinchRef>(null);
  const place = useRef<HTMLDivElement>(null);
  const time = useReducedMotion() ? 0 : motion;
  useImperativeHandle(controls, () => {
    const quietly = (moved: Promise<void> | undefined): void => {
      // A move that another one took over is refused by the library; that is no fault.
      moved?.catch(() => undefined);
    };
    return {
      fit: () => quietly(zoom.current?.fitToView({ animationTime: time })),
      actualSize: () => quietly(zoom.current?.centerView(1, time)),
      larger: () => quietly(zoom.current?.zoomIn(zoomStep, time)),
      smaller: () => quietly(zoom.current?.zoomOut(zoomStep, time)),
    };
  }, [time]);
  useEffect(() => () => onScale(null), [onScale]);
  // A place that became smaller or larger, as beside a second file, has the picture fitted into it anew.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      zoom.current?.fitToView({ animationTime: 0 })?.catch(() => undefined);
    });
    if (place.current !== null) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={classes.zoomPlace}>
      <TransformWrapper
        ref={zoom}
        minScale={0.02}
        maxScale={32}
        fitOnInit="contain"
        centerZoomedOut
        doubleClick={{ mode: 'toggle', animationTime: time }}
        keyboard={{ disabled: true }}
        panning={{ velocityDisabled: true }}
        onInit={(ref) => onScale(ref.state.scale)}
        onTransform={(_ref, state) => onScale(state.scale)}
      >
        <TransformComponent wrapperClass={classes.zoomWrapper ?? ''} contentClass={classes.zoomContent ?? ''}>
          {children}
        </TransformComponent>
      </TransformWrapper>
    </div>
  );
}
