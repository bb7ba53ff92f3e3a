import { screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ErrorBoundary } from '../../../../renderer/components/ErrorBoundary';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

function Page({ name }: { readonly name: string }): ReactElement {
  if (name === 'broken') throw new Error('there is a fault in it');
  return <input aria-label={name} />;
}

function pageOf(name: string): ReactElement {
  return (
    <ErrorBoundary what="The page" of={name}>
      <Page name={name} />
    </ErrorBoundary>
  );
}

// React writes what a boundary catches to the console.
beforeEach(() => vi.spyOn(console, 'error').mockReturnValue(undefined));
afterEach(() => vi.restoreAllMocks());

describe('a page that could not be drawn', () => {
  it('says so, and blocks no other page', () => {
    const { rerender } = renderView(pageOf('broken'), sampleState(sampleStatus(null)));
    expect(screen.getByRole('alert')).toHaveTextContent('there is a fault in it');
    rerender(pageOf('broken'));
    expect(screen.getByRole('alert')).toBeInTheDocument();
    rerender(pageOf('Queue'));
    expect(screen.getByRole('textbox', { name: 'Queue' })).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('does not have the focus taken from what is drawn on', () => {
    const { rerender } = renderView(pageOf('Queue'), sampleState(sampleStatus(null)));
    screen.getByRole('textbox').focus();
    rerender(pageOf('Overview'));
    expect(screen.getByRole('textbox', { name: 'Overview' })).toHaveFocus();
  });
});
