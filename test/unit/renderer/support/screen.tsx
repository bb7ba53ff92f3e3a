import { MantineProvider } from '@mantine/core';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { vi } from 'vitest';
import type { PanelState } from '../../../../shared/ipc/state';
import { usePanelStore } from '../../../../renderer/stores/panel-store';

/** Without transitions, and without hiding what floats: happy-dom gives the element it floats at no place. */
function TestProvider({ children }: { readonly children: ReactNode }): ReactElement {
  return <MantineProvider env="test">{children}</MantineProvider>;
}

/** Draws a view as the panel does, with what main has told so far. */
export function renderView(view: ReactElement, state: PanelState): RenderResult {
  showState(state);
  return render(view, { wrapper: TestProvider });
}

/** Puts a state where batches would have put it. */
export function showState(state: PanelState): void {
  usePanelStore.setState({ state, version: 1, fault: null, watched: null });
}

/** Gives every element a size: happy-dom lays nothing out, so that all would be 0 px high. */
export function layOutElements(width: number, height: number): void {
  for (const name of ['clientHeight', 'offsetHeight'] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(height);
  }
  for (const name of ['clientWidth', 'offsetWidth'] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(width);
  }
}
