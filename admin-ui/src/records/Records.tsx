import { ActionIcon, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ApiError } from '../api/errors';
import { countQuery, keys, recordsQuery } from '../api/queries';
import type { Collection } from '../api/types';
import { navigate, optionsHref, recordsHref, type RecordsView } from '../app/route';
import { api } from '../app/services';
import { CHIPS_IN_LINE } from '../fields/Chips';
import { Failure } from '../ui/Failure';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { ColumnsMenu } from './ColumnsMenu';
import { FilterBox } from './FilterBox';
import { Pager } from './Pager';
import { RecordTable } from './RecordTable';
import { defaultSort } from './columns';
import { filterText, readFilter } from './filter';
import { useColumns } from './useColumns';
import { useRelated } from './useRelated';
import classes from './Records.module.css';

const RecordDrawer = lazy(() => import('./RecordDrawer'));

interface RecordsProps {
  readonly collection: Collection;
  readonly collections: readonly Collection[];
  readonly view: RecordsView;
}

export function Records({ collection, collections, view }: RecordsProps) {
  const client = useQueryClient();
  const input = readFilter(view.filter, collection);
  const filter = filterText(input);
  const request = { page: view.page, perPage: view.perPage, sort: view.sort || defaultSort(collection), filter };
  const list = useQuery(recordsQuery(api, collection.name, request));
  const total = useQuery(countQuery(api, collection.name, filter));
  const columns = useColumns(collection);
  const records = list.data?.items ?? [];
  const related = useRelated(columns.shown, collections, list.data?.items, CHIPS_IN_LINE);
  const invalidFilter = filter !== '' && list.error instanceof ApiError && list.error.status === 400 ? list.error : undefined;

  const go = (change: Partial<RecordsView>, options?: { replace: boolean }) => navigate(recordsHref({ ...view, ...change }), options);
  const refresh = () => void client.invalidateQueries({ queryKey: keys.recordsOf(collection.name) });
  const prefetchNext = () => void client.prefetchQuery(recordsQuery(api, collection.name, { ...request, page: view.page + 1 }));
  const openRecord = (record: string) => go({ record });
  const closeRecord = () => navigate(recordsHref(withoutRecord(view)), { replace: true });

  return (
    <section className={classes.page} aria-label={`Records of ${collection.name}`}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          <Icon name={collection.type} size={20} className={classes.icon} />
          <span className={classes.name}>{collection.name}</span>
          <span className={classes.type}>{collection.type}</span>
        </h1>
        <div className={classes.tools}>
          {collection.type === 'auth' && (
            <Button variant="default" component="a" href={optionsHref(collection.name)} leftSection={<Icon name="options" size={16} />}>
              Options
            </Button>
          )}
          <ColumnsMenu columns={columns} />
          <ActionIcon variant="default" size={36} aria-label="Refresh" title="Refresh" loading={list.isFetching && !list.isPending} onClick={refresh}>
            <Icon name="refresh" />
          </ActionIcon>
        </div>
        <FilterBox
          collection={collection}
          input={input}
          value={view.filter}
          error={invalidFilter}
          onApply={(text) => go({ filter: text, page: 1 })}
        />
      </header>

      <div className={classes.body} aria-busy={list.isFetching}>
        {list.isError && invalidFilter === undefined && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {invalidFilter !== undefined && (
          <Notice
            icon="filter"
            title="This filter cannot be read"
            action={
              <Button variant="default" onClick={() => go({ filter: '', page: 1 })}>
                Clear the filter
              </Button>
            }
          >
            What is wrong with it is said below the filter box.
          </Notice>
        )}
        {!list.isError && (list.isPending || records.length > 0) && (
          <RecordTable
            collection={collection}
            columns={columns.shown}
            records={list.isPending ? undefined : records}
            stale={list.isPlaceholderData}
            related={related}
            sort={view.sort}
            opened={view.record}
            onSort={(sort) => go({ sort, page: 1 })}
            onOpen={openRecord}
          />
        )}
        {list.isSuccess && records.length === 0 && <Nothing view={view} total={total.data} go={go} />}
      </div>

      <Pager view={view} rows={records.length} total={total.data} disabled={list.isError} onChange={(change) => go(change)} onNextLikely={prefetchNext} />

      {view.record !== undefined && (
        <Suspense>
          <RecordDrawer
            collection={collection}
            collections={collections}
            id={view.record}
            loaded={records.find(({ id }) => id === view.record)}
            neighbours={records.map(({ id }) => id)}
            onOpen={(record) => go({ record }, { replace: true })}
            onClose={closeRecord}
          />
        </Suspense>
      )}
    </section>
  );
}

interface NothingProps {
  readonly view: RecordsView;
  readonly total: number | undefined;
  readonly go: (change: Partial<RecordsView>) => void;
}

function Nothing({ view, total, go }: NothingProps) {
  if (view.page > 1 && total !== 0) {
    return (
      <Notice icon="search" title="Nothing on this page" action={<Button onClick={() => go({ page: 1 })}>Go to the first page</Button>}>
        There are fewer records than that.
      </Notice>
    );
  }
  if (view.filter !== '') {
    return (
      <Notice
        icon="filter"
        title="No record matches"
        action={
          <Button variant="default" onClick={() => go({ filter: '', page: 1 })}>
            Clear the filter
          </Button>
        }
      >
        Nothing in <code>{view.collection}</code> fits <code>{view.filter}</code>.
      </Notice>
    );
  }
  return (
    <Notice icon="base" title="No records yet">
      Records made over the API or with <code>ferritedb import {view.collection} FILE</code> show up here.
    </Notice>
  );
}

function withoutRecord({ collection, filter, sort, page, perPage }: RecordsView): RecordsView {
  return { collection, filter, sort, page, perPage };
}
