import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { colorSchemes } from './colorScheme';
import { ErrorBoundary } from './ErrorBoundary';
import { queries, session } from './services';
import { theme } from './theme';

const SignIn = lazy(() => import('../session/SignIn'));
const Console = lazy(() => import('./Console'));

export function App() {
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
          <Suspense>{state.kind === 'signedIn' ? <Console session={state.session} /> : <SignIn expired={state.expired} />}</Suspense>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}
