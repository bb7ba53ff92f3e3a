/// <reference lib="dom" />
/**
 * `node build/icons/draw.mjs`: draws build/icons/*.png, icon.ico and icon.icns from icon.svg, with the browser of the
 * Electron runtime. Run it after a change of the drawing and commit what it wrote.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { withDisplay } from '../setup/display.mjs';
import { inRoot } from '../setup/paths.mjs';
import { prepare } from '../setup/prepare.mjs';
import { prepareSandbox } from '../setup/run-electron.mjs';
import { runCommand, say } from '../setup/say.mjs';
import { icns, ico } from './containers.mjs';

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

await runCommand(async () => {
  const { runtime, environment } = await prepare({ display: true, python: false });
  const svg = await readFile(inRoot('build', 'icons', 'icon.svg'), 'utf8');
  await withDisplay(async (env) => {
    const pictures = await drawAll(runtime, env, svg);
    for (const [size, picture] of pictures)
      await writeFile(inRoot('build', 'icons', `${size}x${size}.png`), picture);
    await writeFile(inRoot('build', 'icons', 'icon.ico'), ico(pictures));
    await writeFile(inRoot('build', 'icons', 'icon.icns'), icns(pictures));
    say(`drew ${pictures.size} sizes, icon.ico and icon.icns`);
    return 0;
  }, environment);
  return 0;
});

/**
 * @param {import('../setup/electron-runtime.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} svg
 * @returns {Promise<Map<number, Buffer>>} PNG by its size in pixels
 */
async function drawAll(runtime, environment, svg) {
  const { _electron } = await import('@playwright/test');
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const electron = await _electron.launch({
    executablePath: runtime.executable,
    args: prepareSandbox(runtime, [
      inRoot('build', 'icons', 'blank.cjs'),
      '--disable-gpu',
      '--force-device-scale-factor=1',
    ]),
    env,
  });
  try {
    const page = await electron.firstWindow();
    const pictures = new Map();
    for (const size of sizes) {
      const url = await page.evaluate(drawOnCanvas, { svg, size });
      pictures.set(size, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
    }
    return pictures;
  } finally {
    await electron.close();
  }
}

/**
 * Runs in the page.
 * @param {{ svg: string, size: number }} what
 * @returns {Promise<string>} a data URL
 */
async function drawOnCanvas({ svg, size }) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the page has no canvas');
  context.drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png');
}
