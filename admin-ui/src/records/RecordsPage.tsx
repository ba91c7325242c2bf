import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../api/queries';
import { navigate, type RecordsView } from '../app/route';
import { api } from '../app/services';
import { Failure } from '../ui/Failure';
import { Notice } from '../ui/Notice';
import { Records } from './Records';

/** Finds the collection that the address names, then shows its records. */
export default function RecordsPage({ view }: { readonly view: RecordsView }) {
  const { data: collections, error, refetch } = useQuery(collectionsQuery(api));
  const collection = collections?.find(({ name }) => name === view.collection);

  if (collections === undefined) return error === null ? null : <Failure error={error} onRetry={() => void refetch()} />;
  if (collection === undefined) {
    return (
      <Notice icon="base" title="There is no such collection" action={<Button onClick={() => navigate('#/')}>Go to the collections</Button>}>
        Nothing is called <code>{view.collection}</code> here. It may have been renamed or deleted.
      </Notice>
    );
  }
  return <Records collection={collection} collections={collections} view={view} />;
}
