import { app, session } from 'electron';
import { isOwnPage, isPermitted } from './policy';

/**
 * Puts the policy in force for every web contents there will ever be: no navigation, no windows, no web views, no
 * permissions, no downloads but those that the policy names. Call once the app is ready and before any window.
 * @param onRefused told what was refused, for the panel's journal.
 */
export function guardContents(developmentOrigin: string | null, onRefused: (what: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuseStrangers = (event: { preventDefault(): void }, url: string): void => {
      if (isOwnPage(url, developmentOrigin)) return;
      event.preventDefault();
      onRefused(`navigation to ${url}`);
    };
    contents.on('will-navigate', (event) => refuseStrangers(event, event.url));
    contents.on('will-redirect', (event) => refuseStrangers(event, event.url));
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      onRefused('a web view');
    });
    contents.setWindowOpenHandler(({ url }) => {
      onRefused(`a window for ${url}`);
      return { action: 'deny' };
    });
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const granted = isPermitted(permission, details.requestingUrl, developmentOrigin);
    if (!granted) onRefused(`permission ${permission}`);
    answer(granted);
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    isPermitted(permission, origin, developmentOrigin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => {
    event.preventDefault();
    onRefused('a download');
  });
}
