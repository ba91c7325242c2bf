import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { collectionsQuery } from '../api/queries';
import { CollectionNav } from '../collections/CollectionNav';
import { CollectionsHome } from '../collections/CollectionsHome';
import { useSessionRenewal } from '../session/useSessionRenewal';
import type { Session } from '../session/session';
import { Brand } from '../ui/Brand';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { AccountMenu } from './AccountMenu';
import { HOME_HREF, type ConsoleRoute } from './route';
import { ServerNav } from './ServerNav';
import { api } from './services';
import classes from './Console.module.css';

const AuditPage = lazy(() => import('../audit/AuditPage'));
const MailSettingsPage = lazy(() => import('../settings/MailSettingsPage'));
const OptionsPage = lazy(() => import('../options/OptionsPage'));
const RecordsPage = lazy(() => import('../records/RecordsPage'));

interface ConsoleProps {
  readonly route: ConsoleRoute;
  readonly session: Session;
}

/** What a superuser sees once signed in: navigation at the side, the page of the current route beside it. */
export default function Console({ route, session }: ConsoleProps) {
  const collections = useQuery(collectionsQuery(api));
  const [menuOpen, setMenuOpen] = useState(false);
  const selected = collectionOf(route);
  useSessionRenewal(session.token);
  useEffect(() => setMenuOpen(false), [route.kind, selected]);
  const title = titleOf(route);
  useEffect(() => {
    document.title = title === undefined ? 'FerriteDB' : `${title} · FerriteDB`;
  }, [title]);

  return (
    <div className={classes.console} data-menu={menuOpen ? 'open' : 'closed'} onKeyDown={(event) => event.key === 'Escape' && setMenuOpen(false)}>
      <a className={classes.skip} href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <header className={classes.bar}>
        <button className={classes.burger} aria-label="Navigation" aria-expanded={menuOpen} aria-controls="navigation" onClick={() => setMenuOpen(!menuOpen)}>
          <Icon name={menuOpen ? 'close' : 'menu'} size={20} />
        </button>
        <Brand />
      </header>
      <aside className={classes.side} id="navigation">
        <a className={classes.home} href={HOME_HREF} aria-label="FerriteDB, home">
          <Brand />
        </a>
        <CollectionNav collections={collections} selected={selected} />
        <ServerNav route={route} />
        <AccountMenu email={session.email} />
      </aside>
      <div className={classes.veil} onClick={() => setMenuOpen(false)} />
      <main className={classes.main} id="main" tabIndex={-1}>
        <Suspense>
          <Page route={route} />
        </Suspense>
      </main>
    </div>
  );
}

function collectionOf(route: ConsoleRoute): string | undefined {
  switch (route.kind) {
    case 'records':
      return route.view.collection;
    case 'options':
      return route.collection;
    case 'home':
    case 'mailSettings':
    case 'audit':
    case 'unknown':
      return undefined;
  }
}

function titleOf(route: ConsoleRoute): string | undefined {
  if (route.kind === 'mailSettings') return 'Mail settings';
  return route.kind === 'audit' ? 'Audit log' : collectionOf(route);
}

/** One case for each page of the admin UI. */
function Page({ route }: { readonly route: ConsoleRoute }) {
  switch (route.kind) {
    case 'home':
      return <CollectionsHome />;
    case 'records':
      return <RecordsPage key={route.view.collection} view={route.view} />;
    case 'options':
      return <OptionsPage key={route.collection} name={route.collection} />;
    case 'mailSettings':
      return <MailSettingsPage />;
    case 'audit':
      return <AuditPage view={route.view} />;
    case 'unknown':
      return (
        <Notice icon="search" title="There is no such page" action={<a href={HOME_HREF}>Go to the collections</a>}>
          Nothing is at <code>{route.path}</code>.
        </Notice>
      );
  }
}

/** The address belongs to the routes, so the skip link moves the focus by itself. */
function skipToMain(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
