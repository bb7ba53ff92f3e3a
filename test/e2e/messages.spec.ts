import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cratesYaml, datagram, expect, publishing, test } from './panel';

test('a 64,000-byte datagram with NaN arrives whole on screen', async ({ bench, panel }) => {
  await bench.script(
    'large.py',
    `${publishing}
values = [float('nan') if i % 7 == 0 else i for i in range(9000)]
publish('session_data', {'values': values, 'text': 'x' * 9000 + 'END'})
print('sent')
time.sleep(600)
`,
  );
  await panel.slot('crate1slot2');
  await panel.run('large.py');
  await expect(panel.session).toContainText('values');
  await expect(panel.session).toContainText('NaN');
  await expect(panel.session).toContainText(/9,000/);
  await panel.tab('Messages');
  await panel.page.getByRole('row', { name: /session_data/ }).click();
  await expect(panel.page.getByRole('region', { name: 'Text of the message' })).toContainText(/xxxEND"/);
  await expect(panel.page.getByRole('region', { name: 'Text of the message' })).toContainText('8999');
});

test('messages outside a run are kept', async ({ panel }) => {
  await panel.publish(
    datagram('crate1slot2', 0, 'start', '{}'),
    datagram('STREAMER:crate1slot2', 0, 'general', '{"outside": "a run"}'),
  );
  await panel.slot('crate1slot2');
  await panel.tab('Messages');
  await expect(panel.page.getByText('outside')).toBeVisible();
});

test('malformed datagrams are counted with their first bytes, and nothing else suffers', async ({
  panel,
}) => {
  await panel.publish('not json at all', Buffer.from([0xff, 0xfe, 0x00]), '{"id": 7}', '[]');
  await expect(panel.page.getByText(/4 malformed/)).toBeVisible();
  await panel.page.getByText(/4 malformed/).click();
  await expect(panel.page.getByText('not json at all', { exact: true })).toBeVisible();
  await panel.publish(datagram('crate1slot2', 0, 'general', '{"still": "alive"}'));
  await panel.slot('crate1slot2');
  await panel.tab('Messages');
  await expect(panel.page.getByText('still')).toBeVisible();
});

test('an unmatched publisher becomes an alias with one click, and comments in the file stay', async ({
  bench,
  panel,
}) => {
  await panel.publish(datagram('uxm_mv6', 0, 'general', '{}'));
  const unmatched = panel.page.getByRole('region', { name: 'Not matched' });
  await expect(unmatched).toContainText('uxm_mv6');
  await panel.page.getByRole('button', { name: /alias/i }).first().click();
  await panel.page.getByRole('menuitem', { name: /crate1slot3/ }).click();
  await expect(unmatched).toHaveCount(0);
  const text = await readFile(join(bench.home, 'crates.yaml'), 'utf8');
  expect(text).toContain('uxm_mv6');
  expect(text).toContain('# The crate of the tests');
  expect(text).toContain('# The first slot');
  await panel.publish(datagram('uxm_mv6', 1, 'general', '{"now": "matched"}'));
  await panel.slot('crate1slot3');
  await panel.tab('Messages');
  await expect(panel.page.getByText('matched').first()).toBeVisible();
});

test('a port in use is shown with its holder and taken as soon as it is free', async ({ bench }) => {
  const holder = createSocket('udp4');
  holder.bind(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address();
  await bench.crates(cratesYaml(bench.scripts).replace('port: 0', `port: ${port}`));
  const panel = await bench.start();
  await expect(panel.listener).toContainText(/in use/);
  await expect(panel.listener).toContainText(String(port));
  // The panel works on without it.
  await bench.script('hello.py', 'print("hello")');
  await panel.slot('crate1slot2');
  await panel.run('hello.py');
  await expect(panel.log).toContainText('hello');
  holder.close();
  await expect(panel.listener).toContainText(/listening/i);
});
