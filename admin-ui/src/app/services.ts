import { QueryClient } from '@tanstack/react-query';
import { ApiClient } from '../api/client';
import { ApiError } from '../api/errors';
import { SessionStore } from '../session/session';

export const session = new SessionStore(window.sessionStorage);

export const api = new ApiClient({ token: () => session.token(), rejected: (token) => session.rejected(token) });

const RETRIES_MAX = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays a refusal; only a fault or a lost connection may pass.
      retry: (failures, error) => failures < RETRIES_MAX && !(error instanceof ApiError && error.status < 500),
      retryDelay: (attempt) => 300 * 2 ** attempt,
    },
  },
});

session.subscribe(() => {
  if (session.state().kind === 'signedOut') queries.clear();
});
