import type { ReactElement } from 'react';
import { BellOff, CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { AlarmPhase, AlarmSeverity } from '../../shared/domain/alarm';

interface AlarmGlyphProps {
  readonly severity: AlarmSeverity;
  /** Null for a rule that has raised nothing. */
  readonly phase: AlarmPhase | null;
  readonly enabled?: boolean;
}

/** The shape of a rule's state: an octagon for an alarm, a triangle for a warning. The word stands beside it. */
export function AlarmGlyph({ severity, phase, enabled = true }: AlarmGlyphProps): ReactElement {
  const Icon = !enabled
    ? BellOff
    : phase === null
      ? CircleCheck
      : severity === 'alarm'
        ? OctagonAlert
        : TriangleAlert;
  return <Icon size={14} aria-hidden="true" />;
}
