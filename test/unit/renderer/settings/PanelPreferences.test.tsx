import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { PanelPreferences, readMinutes } from '../../../../renderer/settings/PanelPreferences';
import { defaultPreferences } from '../../../../shared/domain/preferences';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

describe('preferences of the panel', () => {
  it('are written as soon as they are chosen', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({ 'preferences.write': () => success(defaultPreferences) });
    renderView(<PanelPreferences />, sampleState(sampleStatus(null)));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tell when' }), 'failures');
    await user.click(screen.getByRole('checkbox', { name: 'With the system’s sound' }));
    const minutes = screen.getByRole('textbox', { name: 'Lock after minutes without input' });
    await user.type(minutes, '0{Enter}');
    expect(minutes).toHaveAttribute('aria-invalid', 'true');
    await user.clear(minutes);
    await user.type(minutes, '15{Enter}');
    expect(bridge.asked('preferences.write')).toEqual([
      { notifyOf: 'failures' },
      { notifySound: true },
      { lockAfter: 15 },
    ]);
  });

  it.each([
    ['', null],
    ['  ', null],
    ['1', 1],
    [' 1440 ', 1440],
    ['1441', 'unfit'],
    ['0', 'unfit'],
    ['-3', 'unfit'],
    ['2.5', 'unfit'],
    ['1e3', 'unfit'],
    ['٣', 'unfit'],
  ])('read %j minutes as %j', (text, minutes) => {
    expect(readMinutes(text)).toBe(minutes);
  });
});
