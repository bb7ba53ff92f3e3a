import { expect, test } from 'vitest';
import { userInfo } from 'node:os';
import { operatorName } from '../../../electron/operator-name';

const noEntry = (): string => {
  throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT (no such file or directory)');
};

test('the operator is who the system says', () => {
  expect(operatorName()).toBe(userInfo().username);
});

test('a user without an entry in the system has a name all the same, and an abort can be audited', () => {
  expect(operatorName({ USER: 'ocs', LOGNAME: 'other' }, noEntry)).toBe('ocs');
  expect(operatorName({ LOGNAME: 'other' }, noEntry)).toBe('other');
  expect(operatorName({}, noEntry)).toBe(`user ${process.getuid?.()}`);
});
