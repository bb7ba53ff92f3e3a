import { errorText } from '../../shared/error-text';
import { addNotice } from '../stores/notice-store';

/** Copies text to the clipboard; a refusal becomes a notice that names `what`. Tells whether it was copied. */
export async function copyText(what: string, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    const cause = errorText(error);
    addNotice('error', `${what} could not be copied: ${cause}. Select the text and press Ctrl+C instead.`);
    return false;
  }
}
