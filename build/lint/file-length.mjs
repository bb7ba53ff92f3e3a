/** Lines from which a file of the application is told to be long, and from which it fails. */
export const lengthLimits = { warn: 300, fail: 400 };

/**
 * @param {string} text
 * @returns {{ severity: 'warning' | 'error', message: string } | undefined} undefined for a file of good length
 */
export function lengthFault(text) {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > lengthLimits.fail)
    return { severity: 'error', message: `${lines} lines; ${lengthLimits.fail} is the limit` };
  if (lines > lengthLimits.warn)
    return { severity: 'warning', message: `${lines} lines; better under ${lengthLimits.warn}` };
  return undefined;
}
