import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { messageOf } from '../api/errors';
import { Notice } from '../ui/Notice';

interface State {
  readonly error?: unknown;
}

/** Shows a fault of the UI itself instead of an empty page. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <Notice icon="alert" title="The admin UI ran into a fault" action={<Button onClick={() => window.location.reload()}>Reload</Button>}>
        {messageOf(this.state.error)}
      </Notice>
    );
  }
}
