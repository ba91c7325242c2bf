import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { SessionState } from '../session/session';
import { colorSchemes } from './colorScheme';
import { ErrorBoundary } from './ErrorBoundary';
import { isPublic, type Route, useRoute } from './route';
import { queries, session } from './services';
import { theme } from './theme';

const PublicPage = lazy(() => import('../account/PublicPage'));
const SignIn = lazy(() => import('../session/SignIn'));
const Console = lazy(() => import('./Console'));

export function App() {
  const route = useRoute();
  const state = useSyncExternalStore(session.subscribe, session.state);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      // Both would write <style> elements, which the content security policy refuses; styles.ts has their content.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <ErrorBoundary>
          <Suspense>{page(route, state)}</Suspense>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function page(route: Route, state: SessionState) {
  if (isPublic(route)) return <PublicPage route={route} />;
  return state.kind === 'signedIn' ? <Console route={route} session={state.session} /> : <SignIn expired={state.expired} />;
}
