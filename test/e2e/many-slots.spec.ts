import { writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { expect, test, type Bench, type Panel } from './panel';

/** Waits for a file named after its slot, then ends; fails where it is told to on this slot. */
const gated = `import os, sys, time
slot = os.environ['SLOT']
print('waiting on', slot, sys.argv[1:])
while not os.path.exists(sys.argv[0] + '.' + slot): time.sleep(0.02)
sys.exit(3 if 'fail' + slot in sys.argv else 0)
`;

const crates = (scripts: string, count: number, perCrate: number): string => {
  const lines = ['listener: { host: 127.0.0.1, port: 0 }', 'crates:'];
  for (let crate = 1; crate <= count; crate += 1) {
    lines.push(`  - name: crate${crate}`, '    slots:');
    for (let slot = 2; slot < 2 + perCrate; slot += 1) {
      lines.push(
        `      - { slot: ${slot}, publisher-id: crate${crate}slot${slot}, scripts: [${scripts}], abort: { interrupt: 1, terminate: 1 } }`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
};

async function open(
  bench: Bench,
  count = 1,
  perCrate = 3,
): Promise<{ panel: Panel; gate: (slot: number) => Promise<void> }> {
  await bench.crates(crates(bench.scripts, count, perCrate));
  const script = await bench.script('gated.py', gated);
  return { panel: await bench.start(), gate: (slot) => writeFile(`${script}.${slot}`, '') };
}

const page = (panel: Panel, name: string): Promise<void> =>
  panel.page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
const section = (panel: Panel, name: string): Locator =>
  panel.page.getByRole('region', { name, exact: true });
const entry = (panel: Panel, where: string, slot: number): Locator =>
  section(panel, where).getByRole('listitem', { name: `gated.py on crate1slot${slot}` });

/** Fills in the form of slot 2 and chooses slots 2 to 4 in the dialog. */
async function chooseThree(panel: Panel, args = ''): Promise<Locator> {
  await panel.slot('crate1slot2');
  await panel.fill('gated.py', args);
  await panel.button('Run on slots…').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Run on slots' });
  await dialog.getByRole('checkbox', { name: 'crate1', exact: true }).check();
  return dialog;
}

async function queue(panel: Panel, slot: number, args = ''): Promise<void> {
  await panel.slot(`crate1slot${slot}`);
  await panel.fill('gated.py', args);
  await panel.button('Add to queue').click();
  await expect(panel.page.getByText(`gated.py was added to the queue of crate1slot${slot}.`)).toBeVisible();
}

test('one script runs on three slots at once, each with its own arguments, and is summed up', async ({
  bench,
}) => {
  const { panel, gate } = await open(bench);
  const dialog = await chooseThree(panel, '--slot {slot}');
  await expect(dialog.getByRole('list', { name: 'Command lines' })).toContainText('gated.py --slot 4');
  await dialog.getByRole('button', { name: 'Start on 3 slots' }).click();
  for (const slot of [2, 3, 4]) {
    await expect(entry(panel, 'Running', slot)).toContainText(`--slot ${slot}`);
    await gate(slot);
  }
  await expect(section(panel, 'Groups')).toContainText('3 succeeded');
  await panel.page.getByRole('button', { name: 'Summary of gated.py' }).click();
  const summary = panel.page.getByRole('dialog').getByRole('row', { name: /succeeded \d:\d\d 0 / });
  await expect(summary).toHaveCount(3);
});

test('one after another keeps the order and the settle time, and a failure stops the rest', async ({
  bench,
}) => {
  const { panel, gate } = await open(bench);
  const dialog = await chooseThree(panel, 'fail3');
  await dialog.getByRole('radio', { name: 'One after another' }).check();
  await dialog.getByRole('textbox', { name: 'Settle time' }).fill('2');
  await dialog.getByRole('button', { name: 'Start on 3 slots' }).click();
  await expect(entry(panel, 'Running', 2)).toBeVisible();
  await expect(entry(panel, 'Waiting', 3)).toContainText('Waits for its turn, after crate1slot2.');
  await gate(2);
  await expect(entry(panel, 'Waiting', 3)).toContainText('The group settles.');
  await expect(entry(panel, 'Running', 3)).toBeVisible();
  await gate(3);
  await expect(entry(panel, 'Finished', 4)).toContainText('skipped');
  await expect(entry(panel, 'Finished', 4)).toContainText('gated.py on crate1slot3 did not succeed');
  await expect(section(panel, 'Groups')).toContainText('1 succeeded, 1 did not succeed, 1 skipped');
});

test('a busy slot is named before the start, and a group is aborted as a whole', async ({ bench }) => {
  const { panel } = await open(bench);
  await panel.slot('crate1slot3');
  await panel.run('gated.py');
  await expect(panel.state).toHaveText('running');
  const dialog = await chooseThree(panel);
  await expect(dialog).toContainText('crate1slot3 is busy: gated.py runs there.');
  await expect(dialog.getByRole('button', { name: 'Start on 3 slots' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Wait for 1 busy slot' }).check();
  await dialog.getByRole('button', { name: 'Start on 3 slots' }).click();
  await expect(entry(panel, 'Running', 4)).toBeVisible();
  await expect(entry(panel, 'Waiting', 3)).toContainText('Waits for gated.py, which runs on this slot.');
  await panel.page.getByRole('button', { name: 'Summary of gated.py' }).click();
  await panel.button('Abort group').click();
  const asked = panel.page.getByRole('dialog', { name: 'Abort group' });
  await expect(asked).toContainText('2 runs will be aborted. 1 slot will be skipped.');
  await asked.getByRole('button', { name: 'Abort', exact: true }).click();
  const rows = panel.page.getByRole('dialog').getByRole('row');
  await expect(rows.filter({ hasText: 'crate1slot2' })).toContainText('aborted');
  await expect(rows.filter({ hasText: 'crate1slot3' })).toContainText('skipped');
  await expect(rows.filter({ hasText: 'crate1slot4' })).toContainText('aborted');
});

test('the queue is reordered, paused, edited, skipped and cleared, by keyboard too', async ({ bench }) => {
  const { panel, gate } = await open(bench);
  await page(panel, 'Queue');
  await panel.button('Pause queue').click();
  await expect(panel.page.getByText('The queue is paused: nothing starts.')).toBeVisible();
  for (const args of ['one', 'two', 'three', 'four']) await queue(panel, 2, args);
  await page(panel, 'Queue');
  const waiting = section(panel, 'Waiting').getByRole('listitem');
  const act = (row: number, name: string): Promise<void> =>
    waiting.nth(row).getByRole('button', { name }).press('Enter');
  await act(3, 'Run next');
  await expect(waiting.nth(0)).toContainText('gated.py four');
  await act(3, 'Move up');
  await expect(waiting.nth(2)).toContainText('gated.py three');
  await act(1, 'Skip');
  await expect(waiting).toHaveCount(3);
  await act(2, 'Remove');
  await expect(waiting).toHaveCount(2);
  await act(1, 'Edit arguments');
  await panel.page.getByRole('dialog').getByRole('textbox', { name: 'Arguments' }).fill('edited');
  await panel.button('Save').click();
  await expect(waiting.nth(1)).toContainText('gated.py edited');
  await panel.button('Resume queue').click();
  await expect(entry(panel, 'Running', 2)).toContainText('gated.py four');
  await expect(waiting).toHaveCount(1);
  await gate(2);
  await expect(section(panel, 'Finished').getByRole('listitem')).toHaveCount(4);
  await panel.button('Clear finished').click();
  await expect(panel.page.getByText('Nothing is in the queue')).toBeVisible();
});

test('a panel killed with a queue brings it back paused, and knows its running entry again', async ({
  bench,
}) => {
  const { panel, gate } = await open(bench);
  await queue(panel, 2, 'first');
  await queue(panel, 2, 'second');
  await queue(panel, 2, 'third');
  await page(panel, 'Queue');
  await expect(entry(panel, 'Running', 2)).toBeVisible();
  await expect.poll(() => bench.log()).toContain('waiting on 2');
  await panel.kill();
  const again = await bench.start();
  await page(again, 'Queue');
  await expect(again.page.getByText(/The panel was started again while 2 entries waited\./)).toBeVisible();
  await expect(entry(again, 'Running', 2)).toContainText('gated.py first');
  await gate(2);
  await expect(section(again, 'Finished').getByRole('listitem')).toContainText('succeeded');
  const waiting = section(again, 'Waiting').getByRole('listitem');
  await expect(waiting).toHaveText([/gated\.py second/, /gated\.py third/]);
  await again.button('Resume queue').click();
  await expect(section(again, 'Finished').getByRole('listitem')).toHaveCount(3);
});

test('112 slots are all in sight, at 1920x1080 and at 1280x800, and can be walked by keyboard', async ({
  bench,
}) => {
  const { panel } = await open(bench, 16, 7);
  await page(panel, 'Overview');
  const slots = section(panel, 'Slots');
  for (const size of [
    { width: 1920, height: 1080 },
    { width: 1280, height: 800 },
  ]) {
    await panel.page.setViewportSize(size);
    const outside = (): Promise<number> =>
      slots.evaluate((grid) => {
        const frame = grid.parentElement!.getBoundingClientRect();
        return [...grid.querySelectorAll('[data-tile-box]')].filter((tile) => {
          const { top, bottom, left, right } = tile.getBoundingClientRect();
          const isCut = [...tile.querySelectorAll('[data-tile]')].some(
            (name) => name.scrollWidth > name.clientWidth,
          );
          return (
            isCut || top < frame.top || bottom > frame.bottom || left < frame.left || right > frame.right
          );
        }).length;
      });
    await expect(slots.locator('[data-tile]')).toHaveCount(112);
    await expect.poll(outside).toBe(0);
  }
  const first = slots.getByRole('button', { name: 'crate1slot2', exact: true });
  await first.focus();
  await panel.page.keyboard.press('ArrowDown');
  await expect(slots.getByRole('button', { name: 'crate1slot3', exact: true })).toBeFocused();
  await panel.page.keyboard.press('ArrowRight');
  await expect(slots.getByRole('button', { name: 'crate2slot3', exact: true })).toBeFocused();
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.press('Enter');
  await expect(panel.page.getByRole('heading', { name: 'crate16slot8' })).toBeVisible();
});

test('on the overview Escape closes only a dialog, and a tile that leaves the filter keeps the keyboard', async ({
  bench,
}) => {
  const { panel, gate } = await open(bench);
  const { keyboard } = panel.page;
  // Without motion a dialog is gone as soon as it is closed.
  await panel.page.emulateMedia({ reducedMotion: 'reduce' });
  await queue(panel, 2);
  await page(panel, 'Overview');
  await expect(panel.button('running 1')).toBeVisible();
  await keyboard.press('F11');
  await expect(panel.button('Leave full screen')).toBeVisible();
  await keyboard.press('Control+.');
  const dialog = panel.page.getByRole('dialog', { name: 'Abort run' });
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(panel.button('Leave full screen')).toBeVisible();
  await keyboard.press('Escape');
  await expect(panel.button('Full screen')).toBeVisible();

  await panel.button('running 1').click();
  const tile = section(panel, 'Slots').getByRole('button', { name: 'crate1slot2', exact: true });
  await tile.focus();
  await gate(2);
  await expect(panel.button('running 0')).toBeVisible();
  await expect(tile).toHaveAttribute('aria-disabled', 'true');
  await expect(tile).toBeFocused();
  await keyboard.press('Enter');
  await expect(tile).toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(tile).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the queue, the overview and the dialog pass axe in ${scheme}`, async ({ bench }) => {
    const { panel } = await open(bench);
    await panel.page.emulateMedia({ colorScheme: scheme });
    const look = async (): Promise<unknown> => {
      const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
      return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    };
    await queue(panel, 2);
    await queue(panel, 2, 'second');
    await page(panel, 'Queue');
    await panel.button('Pause queue').click();
    await expect(entry(panel, 'Waiting', 2)).toBeVisible();
    expect(await look()).toEqual([]);
    await page(panel, 'Overview');
    expect(await look()).toEqual([]);
    await chooseThree(panel);
    expect(await look()).toEqual([]);
  });
}
