import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { datagram, expect, publishing, test, type Panel } from './panel';

/** A place of the window: how to get there from any other, and what says that it is shown. */
interface View {
  readonly name: string;
  readonly open: (panel: Panel) => Promise<void>;
}

const slotTab = (name: string): View => ({
  name: `tab ${name}`,
  open: async (panel) => {
    await panel.slot('crate1slot2');
    await panel.tab(name);
  },
});

const page = (name: string): View => ({
  name: `page ${name}`,
  open: (panel) =>
    panel.page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click(),
});

const dialog = (name: string, open: View['open']): View => ({
  name: `dialog ${name}`,
  open: async (panel) => {
    await panel.slot('crate1slot2');
    await open(panel);
    await expect(panel.page.getByRole('dialog', { name })).toBeVisible();
  },
});

/** Every view of the window. A new view has a line here. */
const views: readonly View[] = [
  ...['Run', 'Log', 'Files', 'Messages', 'Metadata', 'History'].map(slotTab),
  ...['Overview', 'Queue', 'History'].map(page),
  { name: 'page Audit', open: (panel) => panel.page.keyboard.press('Control+4') },
  { name: 'page Settings', open: (panel) => panel.page.keyboard.press('Control+,') },
  dialog('Commands', (panel) => panel.page.keyboard.press('Control+k')),
  dialog('Keyboard shortcuts', (panel) => panel.page.keyboard.press('F1')),
  dialog('About SMuRF Panel', (panel) => panel.page.getByRole('button', { name: /^About version/ }).click()),
  dialog('Connection of crate1slot2', (panel) => panel.button('Check connection of crate1slot2').click()),
  dialog('Abort run', (panel) => panel.page.keyboard.press('Control+.')),
];

/** Publishes of every kind, writes on both streams, and goes on. */
const busy = `${publishing}
print('out', flush=True)
print('err', file=sys.stderr, flush=True)
publish('session_data', {'bands': [0, 1], 'temperature': 0.1, 'noise': float('nan')})
publish('session_log', 'Taking data')
publish('metadata', {'path': 'AMCc.Fpga.Uptime', 'value': 4, 'type': 'int'})
time.sleep(600)
`;

async function start(panel: Panel): Promise<void> {
  await panel.bench.script('busy.py', busy);
  await panel.slot('crate1slot2');
  await panel.run('busy.py');
  await expect(panel.state).toHaveText('running');
  await expect(panel.session).toContainText('temperature');
}

/** Closes whatever dialog is open; the focus is then somewhere in the page. */
async function leave(panel: Panel): Promise<void> {
  const open = panel.page.getByRole('dialog');
  if ((await open.count()) === 0) return;
  await panel.page.keyboard.press('Escape');
  await expect(open).toHaveCount(0);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds no serious fault in any view (${scheme})`, async ({ panel }) => {
    test.setTimeout(240_000);
    await panel.page.setViewportSize({ width: 1280, height: 800 });
    await panel.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await start(panel);
    for (const view of views) {
      await view.open(panel);
      const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect
        .soft(
          serious.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(' ')}`),
          view.name,
        )
        .toEqual([]);
      await leave(panel);
    }
  });
}

test('at 200 % in a window of 1280 by 800 nothing is out of reach', async ({ panel }) => {
  // Zoomed twice, a window of 1280 by 800 has room for 640 by 400.
  await start(panel);
  await panel.page.setViewportSize({ width: 640, height: 400 });
  for (const view of views) {
    await view.open(panel);
    const lost = await panel.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role="tab"]')]
        .filter(
          (element) =>
            element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null,
        )
        // The link that skips to the page shows when it has the focus.
        .filter((element) => element.textContent !== 'Skip to the page')
        .filter((element) => {
          element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
          // Only this call moves what is cut off and cannot be scrolled: an operator cannot.
          for (let box = element.parentElement; box !== null; box = box.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(box);
            if (
              (overflowX === 'hidden' && box.scrollLeft > 0) ||
              (overflowY === 'hidden' && box.scrollTop > 0)
            ) {
              box.scrollTo(0, 0);
            }
          }
          const { left, right, top, bottom } = element.getBoundingClientRect();
          // What is scrolled stands on whole pixels only.
          return left < -1 || bottom <= 0 || right > window.innerWidth + 1 || top >= window.innerHeight;
        })
        .map((element) => element.getAttribute('aria-label') ?? element.textContent),
    );
    expect.soft(lost, view.name).toEqual([]);
    await leave(panel);
  }
});

for (const [width, height] of [
  [640, 400],
  [853, 533],
  [900, 560],
  [1280, 800],
] as const) {
  test(`at ${width} by ${height} the slot’s head and the overview’s are whole, and nothing covers them`, async ({
    panel,
  }) => {
    await start(panel);
    const { page: window } = panel;
    await window.setViewportSize({ width, height });
    await expect(panel.button('Abort')).toBeEnabled();
    const head = window.locator('header').filter({ has: panel.state });
    expect(
      await faultsOf([
        head.getByRole('heading', { name: 'crate1slot2' }),
        panel.state,
        head.getByTitle('Elapsed'),
        panel.button('Run'),
        panel.button('Abort'),
      ]),
    ).toEqual([]);
    await window
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('button', { name: 'Overview', exact: true })
      .click();
    const counts = await window.getByRole('group', { name: 'Show only' }).getByRole('button').all();
    expect(counts.length).toBeGreaterThan(3);
    expect(await faultsOf([...counts, panel.button('Full screen')])).toEqual([]);
  });
}

/** What is cut off, stands beyond the window's edge, or lies under something else. */
async function faultsOf(parts: readonly Locator[]): Promise<string[]> {
  const found = parts.map((part) =>
    part.evaluate((element) => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      const isWhole = width > 0 && element.scrollWidth <= element.clientWidth;
      const isOnTop = [left + 2, right - 2].every((x) => {
        const over = document.elementFromPoint(x, (top + bottom) / 2);
        return over !== null && (element.contains(over) || over.contains(element));
      });
      const name = element.textContent;
      return [
        isInside ? [] : `${name} is outside`,
        isWhole ? [] : `${name} is cut`,
        isOnTop ? [] : `${name} is covered`,
      ];
    }),
  );
  return (await Promise.all(found)).flat(2);
}

test('a dialog gives the focus back to what opened it, and the first Tab skips to the page', async ({
  panel,
}) => {
  const { page: window } = panel;
  await window.keyboard.press('Tab');
  const skip = panel.button('Skip to the page');
  await expect(skip).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('main')).toBeFocused();

  for (const opener of ['Keyboard shortcuts', 'Commands', 'Check connection of crate1slot2']) {
    await panel.button(opener).focus();
    await window.keyboard.press('Enter');
    await expect(window.getByRole('dialog')).toBeVisible();
    await window.keyboard.press('Escape');
    await expect(window.getByRole('dialog')).toHaveCount(0);
    await expect(panel.button(opener)).toBeFocused();
  }

  // The viewer is drawn only while it is open. The list goes on where it was left.
  await panel.slot('crate1slot2');
  await panel.tab('Files');
  const paths = ['/data/a.txt', '/data/b.txt'];
  await panel.publish(
    ...paths.map((path, seq) =>
      datagram('crate1slot2', seq, 'data_file', JSON.stringify({ path, type: 'test', plot: false })),
    ),
  );
  const files = window.getByRole('grid', { name: 'Files' });
  await expect(files.getByRole('row', { name: 'a.txt' })).toBeVisible();
  await files.focus();
  for (const name of ['b.txt', 'a.txt']) {
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Enter');
    const viewer = window.getByRole('dialog', { name });
    await expect(viewer.getByRole('button', { name: 'Close the viewer' })).toBeVisible();
    await expect(viewer.locator(':focus')).toHaveCount(1);
    await window.keyboard.press('Escape');
    await expect(viewer).toHaveCount(0);
    await expect(files).toBeFocused();
  }
});

test('nothing moves for those who want no motion', async ({ panel }) => {
  await panel.page.emulateMedia({ reducedMotion: 'reduce' });
  await start(panel);
  for (const view of views) {
    await view.open(panel);
    const moving = await panel.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, animationDuration, animationIterationCount, transitionDuration } =
            getComputedStyle(element);
          const seconds = (text: string): number =>
            Math.max(...text.split(',').map((each) => parseFloat(each)));
          const isAnimated =
            animationName !== 'none' &&
            (seconds(animationDuration) > 0.01 || animationIterationCount !== '1');
          return isAnimated || seconds(transitionDuration) > 0.01;
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect.soft(moving, view.name).toEqual([]);
    await leave(panel);
  }
});

test('in forced colours the chosen tab, row and slot still stand out', async ({ panel }) => {
  await panel.page.emulateMedia({ forcedColors: 'active' });
  await start(panel);
  const edge = (selector: string): Promise<string> =>
    panel.page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).outlineStyle);
  await panel.slot('crate1slot2');
  expect(await edge('[role="tab"][aria-selected="true"]')).toBe('solid');
  expect(await edge('nav[aria-label="Crates"] [aria-current="page"]')).toBe('solid');
  await panel.page.keyboard.press('Control+k');
  expect(await edge('[role="option"][aria-selected="true"]')).toBe('solid');
});
