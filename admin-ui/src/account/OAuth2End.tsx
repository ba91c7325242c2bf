import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Outcome } from '../ui/PageCard';
import { PLACE } from './place';

/** The last page of a sign-in elsewhere, in the window that the app opened for it. The app goes on by itself. */
export function OAuth2End({ ok }: { readonly ok: boolean }) {
  useEffect(() => {
    if (ok) window.close();
  }, [ok]);

  const close = (
    <Button size="md" variant={ok ? 'filled' : 'default'} onClick={() => window.close()}>
      Close this window
    </Button>
  );
  return ok ? (
    <Outcome tone="done" title="You are signed in" place={PLACE} action={close}>
      You can close this window and go back to the app.
    </Outcome>
  ) : (
    <Outcome tone="problem" title="The sign-in did not work" place={PLACE} action={close}>
      It was broken off, or took too long. Close this window, then try once more in the app.
    </Outcome>
  );
}
