/** One step of the guide: what to do, and the element that it points at. */
export interface GuideStep {
  readonly title: string;
  readonly text: string;
  /** A CSS selector; what it finds is framed while it is in sight. */
  readonly target: string;
  /** Whether the step needs a slot's Run tab on the screen. */
  readonly onRunTab: boolean;
}

/** The main job, in the order in which it is done. */
export const guideSteps: readonly [GuideStep, ...GuideStep[]] = [
  {
    title: 'Choose a slot',
    text: 'The list of crates shows what every slot does. Click one, or go there with the arrow keys and Enter.',
    target: 'nav[aria-label="Crates"]',
    onRunTab: false,
  },
  {
    title: 'Choose a script',
    text: 'The Run tab lists the slot’s scripts. Choose one, and its arguments become fields.',
    target: '[data-guide="script"]',
    onRunTab: true,
  },
  {
    title: 'Run it',
    text: 'Run (Ctrl Enter) starts it. The Log tab then shows what it prints, and the session what it publishes.',
    target: '[data-guide="run"]',
    onRunTab: true,
  },
  {
    title: 'Abort it',
    text: 'Abort (Ctrl .) asks first, then stops the script step by step, so that it can clean up.',
    target: '[data-guide="abort"]',
    onRunTab: true,
  },
  {
    title: 'Describe your own crates',
    text: 'This is the demo crate. In Settings (Ctrl ,) you enter yours. F1 lists all keys, Ctrl K finds everything.',
    target: 'header [aria-label="Settings"]',
    onRunTab: false,
  },
];
