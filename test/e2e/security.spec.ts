import { expect, test } from './panel';

test('the page can reach nothing but its two functions', async ({ panel }) => {
  const found = await panel.page.evaluate(async () => {
    const reach = async (work: () => unknown): Promise<string> => {
      try {
        await work();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    return {
      bridge: Object.keys(window.panel).toSorted(),
      require: typeof (window as { require?: unknown }).require,
      process: typeof (window as { process?: unknown }).process,
      evaluation: await reach(() => {
        const script = document.createElement('script');
        script.textContent = 'window.evaluated = true';
        document.head.append(script);
        if ((window as { evaluated?: boolean }).evaluated !== true) throw new Error('not evaluated');
      }),
      network: await reach(() => fetch('http://127.0.0.1:9/')),
      files: await reach(() => fetch('file:///etc/passwd')),
      escape: (await fetch('panel://app/..%2fmain%2fmain.js')).status,
      popup: window.open('https://example.org/') === null,
      notifications: await Notification.requestPermission(),
    };
  });
  expect(found).toEqual({
    bridge: ['call', 'onBatch'],
    require: 'undefined',
    process: 'undefined',
    evaluation: 'refused',
    network: 'refused',
    files: 'refused',
    escape: 404,
    popup: true,
    notifications: 'denied',
  });
});

test('the window stays on its page', async ({ panel }) => {
  // Asked in main: Playwright's page waits for every navigation to end, also for one that was refused.
  const visited = await panel.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const refused = new Promise<string>((resolve) => {
      contents.once('will-navigate', (event) => resolve(event.url));
    });
    await contents.executeJavaScript("window.location.href = 'https://example.org/'; 0");
    const asked = await refused;
    return {
      asked,
      stays: contents.getURL(),
      title: (await contents.executeJavaScript('document.title')) as string,
    };
  });
  expect(visited).toEqual({
    asked: 'https://example.org/',
    stays: 'panel://app/index.html',
    title: 'SMuRF Panel',
  });
});

test('a frame gets no bridge', async ({ panel }) => {
  const bridge = await panel.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'panel://app/index.html';
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve);
    });
    document.body.append(frame);
    await loaded;
    try {
      return typeof (frame.contentWindow as { panel?: unknown } | null)?.panel;
    } catch (error) {
      return (error as Error).name;
    }
  });
  // The content policy keeps the frame empty, so that it has not even our origin.
  expect(bridge).toBe('SecurityError');
});

test('the window breaks no rule of its own content policy', async ({ panel }) => {
  const violations = await panel.page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.violatedDirective));
    for (const tab of document.querySelectorAll<HTMLElement>('[role=tab]')) tab.click();
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    return seen;
  });
  expect(violations).toEqual([]);
});
