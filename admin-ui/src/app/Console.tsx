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
import { useRoute, type Route } from './route';
import { api } from './services';
import classes from './Console.module.css';

const RecordsPage = lazy(() => import('../records/RecordsPage'));

/** What a superuser sees once signed in: navigation at the side, the page of the current route beside it. */
export default function Console({ session }: { readonly session: Session }) {
  const route = useRoute();
  const collections = useQuery(collectionsQuery(api));
  const [menuOpen, setMenuOpen] = useState(false);
  const selected = route.kind === 'records' ? route.view.collection : undefined;
  useSessionRenewal(session.token);
  useEffect(() => setMenuOpen(false), [selected]);
  useEffect(() => {
    document.title = selected === undefined ? 'FerriteDB' : `${selected} · FerriteDB`;
  }, [selected]);

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
        <a className={classes.home} href="#/" aria-label="FerriteDB, home">
          <Brand />
        </a>
        <CollectionNav collections={collections} selected={selected} />
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

/** One case for each page of the admin UI. */
function Page({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'home':
      return <CollectionsHome />;
    case 'records':
      return <RecordsPage key={route.view.collection} view={route.view} />;
    case 'unknown':
      return (
        <Notice icon="search" title="There is no such page" action={<a href="#/">Go to the collections</a>}>
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
