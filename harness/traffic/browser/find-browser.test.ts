import { expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

const ownPath = () => '/home/me/.cache/ms-playwright/chromium-1/chrome';
const env = { PATH: '/usr/local/bin:/usr/bin:relative' };

function machineWith(...paths: string[]) {
  return { exists: (path: string) => paths.includes(path), ownPath };
}

test('Playwright’s own Chromium is taken before the system’s', async () => {
  const found = await findBrowser({ env, ...machineWith(ownPath(), '/usr/bin/chromium') });
  expect(found).toEqual({ kind: 'found', path: ownPath(), origin: 'playwright' });
});

test('without it, the first Chromium or Chrome on the search path', async () => {
  const found = await findBrowser({
    env,
    ...machineWith('/usr/bin/google-chrome', '/usr/local/bin/chromium'),
  });
  expect(found).toEqual({ kind: 'found', path: '/usr/local/bin/chromium', origin: 'system' });
});

test('a browser named in the environment goes before all, and is not replaced when it is missing', async () => {
  const named = { ...env, BRAKECHECK_BROWSER: '/opt/chrome' };
  expect(await findBrowser({ env: named, ...machineWith('/opt/chrome', ownPath()) })).toMatchObject({
    origin: 'named',
  });
  expect(await findBrowser({ env: named, ...machineWith(ownPath()) })).toEqual({
    kind: 'missing',
    reason: 'BRAKECHECK_BROWSER names /opt/chrome, which is not there',
  });
});

test('without any, it says what was looked for', async () => {
  expect(await findBrowser({ env: {}, ...machineWith() })).toEqual({
    kind: 'missing',
    reason: expect.stringContaining('chromium, chromium-browser, google-chrome'),
  });
});

test('Playwright’s package tells where its own would be', async () => {
  const asked: string[] = [];
  await findBrowser({ env: {}, exists: path => asked.push(path) < 0 });
  expect(asked[0]).toMatch(/chrom/i);
});
