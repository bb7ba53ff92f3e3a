import { Button } from '@mantine/core';
import { Component, type ReactElement, type ReactNode } from 'react';
import { errorText } from '../../shared/error-text';
import { addNotice } from '../stores/notice-store';
import classes from './ErrorBoundary.module.css';

interface ErrorBoundaryProps {
  /** What the pane is called in the sentence, for example `The log`. */
  readonly what: string;
  /** Names what is drawn in it, a page or a run: after a fault of one, another one is drawn. */
  readonly of?: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly message: string | null;
  readonly of: string | undefined;
}

/** Keeps a fault in one pane from taking the window down: says what broke, and offers to load the window anew. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: null, of: this.props.of };

  // Not a key: that would draw everything anew on each change, and take the focus with it.
  static getDerivedStateFromProps(
    { of }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): ErrorBoundaryState | null {
    return of === state.of ? null : { of, message: null };
  }

  static getDerivedStateFromError(error: unknown): Pick<ErrorBoundaryState, 'message'> {
    return { message: errorText(error) };
  }

  override componentDidCatch(error: unknown): void {
    addNotice('error', `${this.props.what} could not be drawn: ${errorText(error)}`);
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return <Fault what={this.props.what} message={this.state.message} />;
  }
}

function Fault({ what, message }: { readonly what: string; readonly message: string }): ReactElement {
  return (
    <div className={classes.fault} role="alert">
      <p className={classes.title}>{what} could not be drawn.</p>
      <p className={classes.message}>{message}</p>
      <p>Runs go on: they do not depend on this window. Reload it to try again.</p>
      <Button className={classes.reload} onClick={() => window.location.reload()}>
        Reload window
      </Button>
    </div>
  );
}
