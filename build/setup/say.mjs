/**
 * A failure of the set-up that the person at the keyboard can act on. Its message is printed alone, without a stack.
 */
export class SetupError extends Error {}

/**
 * One line of progress. It goes to stderr: stdout belongs to what the command was asked for.
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`smurf-panel: ${sentence}\n`);
}

/**
 * Runs a command's main function and turns its result into the exit code: a number as it is, nothing into 0,
 * a SetupError into its sentence and 1. Anything else that is thrown is a defect and is shown with its stack.
 * @param {() => Promise<number | void>} main
 */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof SetupError) say(error.message);
    // Not the error itself: Playwright's carry their whole log a second time.
    else console.error(error instanceof Error ? error.stack : error);
    process.exitCode = 1;
  }
}

/**
 * A time span for people.
 * @param {number} milliseconds
 * @returns {string} for example `4.2 s` or `3 min 5 s`
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
