import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { collectionsQuery } from '../api/queries';
import { collectionView, navigate, recordsHref } from '../app/route';
import { api } from '../app/services';
import { Notice } from '../ui/Notice';
import { groupCollections } from './groups';

/** Opens the first collection, or says how to make one. */
export function CollectionsHome() {
  const { data } = useQuery(collectionsQuery(api));
  const first = data && groupCollections(data, '').user[0]?.name;

  useEffect(() => {
    if (first !== undefined) navigate(recordsHref(collectionView(first)), { replace: true });
  }, [first]);

  if (data === undefined || first !== undefined) return null;
  return (
    <Notice icon="base" title="No collections yet">
      Make the first one on the server: <code>ferritedb admin create-collection notes --field title:text:required</code>
    </Notice>
  );
}
