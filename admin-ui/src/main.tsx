import './app/styles';
import { createRoot } from 'react-dom/client';
import { collectionsQuery } from './api/queries';
import { App } from './app/App';
import { applyColorScheme } from './app/colorScheme';
import { isPublic, parseRoute } from './app/route';
import { api, queries, session } from './app/services';

applyColorScheme();
if (session.token() !== undefined && !isPublic(parseRoute(window.location.hash))) fetchAhead();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App />);

/** What the first page needs, asked for at once instead of one after the other. */
function fetchAhead(): void {
  void import('./app/Console');
  void import('./records/RecordsPage');
  void queries.prefetchQuery(collectionsQuery(api));
}
