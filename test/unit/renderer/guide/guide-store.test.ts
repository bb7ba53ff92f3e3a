// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import {
  closeGuide,
  goToStep,
  offerGuide,
  useGuideStore,
  wantsGuide,
} from '../../../../renderer/guide/guide-store';
import { guideSteps } from '../../../../renderer/guide/guide-steps';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import type { PanelState } from '../../../../shared/ipc/state';
import { sampleRun, sampleState, sampleStatus, slotId } from '../support/samples';

const fresh = sampleState(sampleStatus(null));

function show(state: PanelState): void {
  usePanelStore.setState({ state, version: 1, fault: null, watched: null });
}

beforeEach(() => {
  localStorage.clear();
  useGuideStore.setState({ step: null });
  useViewStore.setState({ page: 'history', slot: null, tabs: {}, shownRuns: {} });
});

describe('the guide', () => {
  it('comes on the demo crate only, before anything was run, until it was closed', () => {
    expect(wantsGuide(fresh, false)).toBe(true);
    expect(wantsGuide(fresh, true)).toBe(false);
    expect(wantsGuide({ ...fresh, config: { ...fresh.config, source: 'file' } }, false)).toBe(false);
    expect(wantsGuide(sampleState(sampleStatus(sampleRun())), false)).toBe(false);
  });

  it('does not come back by itself', () => {
    show(fresh);
    offerGuide();
    expect(useGuideStore.getState().step).toBe(0);
    closeGuide();
    offerGuide();
    expect(useGuideStore.getState().step).toBeNull();
  });

  it('shows what it points at, and ends after its last step', () => {
    show(fresh);
    goToStep(1);
    expect(useViewStore.getState()).toMatchObject({ page: 'slot', slot: slotId, tabs: { [slotId]: 'run' } });
    goToStep(guideSteps.length);
    expect(useGuideStore.getState().step).toBeNull();
  });

  it('leaves the log of a run that goes on in sight', () => {
    show(sampleState(sampleStatus(sampleRun({ phase: 'running' }))));
    useViewStore.setState({ tabs: { [slotId]: 'log' } });
    goToStep(3);
    expect(useViewStore.getState().tabs).toEqual({ [slotId]: 'log' });
  });
});
