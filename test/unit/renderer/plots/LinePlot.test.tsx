import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LinePlot } from '../../../../renderer/plots/LinePlot';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

test('a plot is named, and says in words what it shows', () => {
  const series = [
    { name: 'band 0', x: null, y: [1, 2, 3] },
    { name: 'band 1', x: null, y: [4, Number.NaN, 6] },
  ];
  renderView(
    <LinePlot label="Noise" series={series} xKind="index" height={200} unit="pA" />,
    sampleState(sampleStatus(null)),
  );
  const plot = screen.getByRole('figure', { name: 'Noise' });
  expect(within(plot).getByText('band 0: 3 values, least 1 pA, greatest 3 pA, mean 2 pA')).toBeVisible();
  expect(
    within(plot).getByText('band 1: 3 values, least 4 pA, greatest 6 pA, mean 5 pA, 1 NaN'),
  ).toBeVisible();
  expect(within(plot).getByRole('slider', { name: 'Readout of Noise' })).toHaveAttribute(
    'aria-valuetext',
    'No position chosen',
  );
  expect(within(plot).getByRole('button', { name: 'Reset zoom' })).toBeDisabled();
});
