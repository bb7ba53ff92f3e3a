import { Button } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { closeGuide, goToStep, offerGuide, useGuideStore } from './guide-store';
import { guideSteps } from './guide-steps';
import classes from './Guide.module.css';

/** The guide for the first run: a strip under the page that covers nothing, and a frame round what it speaks of. */
export function Guide(): ReactElement | null {
  useEffect(offerGuide, []);
  const step = useGuideStore((store) => store.step);
  const shown = step === null ? undefined : guideSteps[step];
  if (step === null || shown === undefined) return null;
  return (
    <section className={classes.guide} aria-label="Guide">
      <span className={classes.count}>
        {step + 1} of {guideSteps.length}
      </span>
      <output className={classes.text}>
        <strong>{shown.title}.</strong> {shown.text}
      </output>
      <div className={classes.buttons}>
        <Button disabled={step === 0} onClick={() => goToStep(step - 1)}>
          Back
        </Button>
        <Button variant="filled" onClick={() => goToStep(step + 1)}>
          {step === guideSteps.length - 1 ? 'Done' : 'Next'}
        </Button>
        {step === guideSteps.length - 1 ? null : <Button onClick={closeGuide}>Close the guide</Button>}
      </div>
      <Frame key={step} target={shown.target} />
    </section>
  );
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How often the frame looks where its element is now, milliseconds. */
const lookEvery = 200;

/** A frame round an element, which stays where it is: the pointer goes through it. */
function Frame({ target }: { readonly target: string }): ReactElement | null {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const look = (): void => setPlace((before) => kept(before, placeOf(target)));
    look();
    const timer = setInterval(look, lookEvery);
    window.addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('resize', look);
    };
  }, [target]);
  return place === null ? null : <div className={classes.frame} aria-hidden="true" style={{ ...place }} />;
}

function placeOf(target: string): Place | null {
  const found = document.querySelector(target)?.getBoundingClientRect();
  if (found === undefined || found.width === 0) return null;
  return { left: found.left - 4, top: found.top - 4, width: found.width + 8, height: found.height + 8 };
}

/** The former place where nothing has changed, so that nothing is drawn again. */
function kept(before: Place | null, now: Place | null): Place | null {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
