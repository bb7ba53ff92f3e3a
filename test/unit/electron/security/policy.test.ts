import { describe, expect, test } from 'vitest';
import {
  contentSecurityPolicy,
  isOwnPage,
  isPermitted,
  isTrustedSender,
  servedFile,
  servedFileId,
} from '../../../../electron/security/policy';

const development = 'http://localhost:5173';

describe('who may call main', () => {
  test.each([
    [{ url: 'panel://app/index.html', isMainFrame: true }, null, true],
    [{ url: 'panel://app/index.html#slot', isMainFrame: true }, null, true],
    [{ url: 'panel://app/index.html', isMainFrame: false }, null, false],
    [{ url: 'panel://other/index.html', isMainFrame: true }, null, false],
    [{ url: 'panel://app.example.org/index.html', isMainFrame: true }, null, false],
    [{ url: 'file:///index.html', isMainFrame: true }, null, false],
    [{ url: 'about:blank', isMainFrame: true }, null, false],
    [{ url: 'data:text/html,hello', isMainFrame: true }, null, false],
    [{ url: '', isMainFrame: true }, null, false],
    [{ url: 'http://localhost:5173/', isMainFrame: true }, null, false],
    [{ url: 'http://localhost:5173/', isMainFrame: true }, development, true],
    [{ url: 'http://localhost:51730/', isMainFrame: true }, development, false],
    [{ url: 'https://localhost:5173/', isMainFrame: true }, development, false],
    [null, null, false],
  ])('%j with development origin %j: %j', (frame, origin, trusted) => {
    expect(isTrustedSender(frame, origin)).toBe(trusted);
  });
});

test('navigation stays on our own pages', () => {
  expect(isOwnPage('panel://app/index.html', null)).toBe(true);
  expect(isOwnPage('https://example.org/', null)).toBe(false);
  expect(isOwnPage('javascript:alert(1)', null)).toBe(false);
});

test('nothing is permitted but writing to the clipboard from our own page', () => {
  expect(isPermitted('clipboard-sanitized-write', 'panel://app/index.html', null)).toBe(true);
  expect(isPermitted('clipboard-sanitized-write', 'https://example.org/', null)).toBe(false);
  for (const permission of [
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'hid',
  ]) {
    expect(isPermitted(permission, 'panel://app/index.html', null)).toBe(false);
  }
});

test('the content security policy starts from nothing and allows no inline or evaluated script', () => {
  const policy = contentSecurityPolicy('abc');
  expect(policy.startsWith("default-src 'none';")).toBe(true);
  expect(policy).toContain("style-src 'self' 'nonce-abc'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  // Registered files are pictures and data, never scripts or frames.
  expect(policy).toMatch(/script-src 'self';/);
  expect(policy).toContain("img-src 'self' data: panel://file;");
});

describe('which registered file an address names', () => {
  test.each([
    ['panel://file/12', 12],
    ['panel://file/12?version=1-2', 12],
    ['panel://file/012', null],
    ['panel://file/0', null],
    ['panel://file/-1', null],
    ['panel://file/1e3', null],
    ['panel://file/1/2', null],
    ['panel://file/1%2e', null],
    ['panel://file/', null],
    ['panel://file/etc/passwd', null],
    ['panel://file/99999999999999999999', null],
    ['panel://app/12', null],
    ['panel://files/12', null],
    ['http://file/12', null],
    ['nonsense', null],
  ])('%s: %j', (url, id) => {
    expect(servedFileId(url)).toBe(id);
  });
});

describe('which file an address names', () => {
  test.each([
    ['panel://app/index.html', 'index.html'],
    ['panel://app/assets/index-D3x_4.js', 'assets/index-D3x_4.js'],
    ['panel://app//index.html', 'index.html'],
    ['panel://app/', null],
    ['panel://app/../main/main.js', 'main/main.js'],
    ['panel://app/assets/%2e%2e/%2e%2e/secret', 'secret'],
    ['panel://app/..%2fsecret', null],
    ['panel://app/%2e%2e%2fsecret', null],
    ['panel://app/..%5csecret', null],
    ['panel://app/a%00b', null],
    ['panel://app/%ff', null],
    ['panel://app/.%2e/secret', 'secret'],
    ['panel://other/index.html', null],
    ['file:///etc/passwd', null],
    ['nonsense', null],
  ])('%s: %j', (url, file) => {
    expect(servedFile(url)).toBe(file);
  });
});
