import { useEffect } from 'react';
import { api, session } from '../app/services';
import { renewalDelay } from './session';

/** Renews the token while it is valid, so that nobody is signed out at work. A token refused on the way ends the session. */
export function useSessionRenewal(token: string): void {
  useEffect(() => {
    const delay = renewalDelay(token, Date.now());
    if (delay === undefined) return undefined;
    const timer = setTimeout(() => {
      api.refresh().then(
        (answer) => session.token() === token && session.start(answer),
        // Refused: the client has ended the session. Not reached: the next request tells.
        () => undefined,
      );
    }, delay);
    return () => clearTimeout(timer);
  }, [token]);
}
