import { ActionIcon, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { recordQuery } from '../api/queries';
import type { Collection, RecordItem } from '../api/types';
import { api } from '../app/services';
import { kindOf } from '../fields/registry';
import { isAuth } from '../options/authOptions';
import { CopyButton } from '../ui/CopyButton';
import { Failure } from '../ui/Failure';
import { Icon } from '../ui/Icon';
import { columnFields } from './columns';
import { useRelated } from './useRelated';
import classes from './RecordDrawer.module.css';

const AccountPanel = lazy(() => import('./AccountPanel'));

interface RecordDrawerProps {
  readonly collection: Collection;
  readonly collections: readonly Collection[];
  readonly id: string;
  /** The record as the table has it, shown until it is read anew. */
  readonly loaded: RecordItem | undefined;
  /** The ids of the page, in its order. */
  readonly neighbours: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export default function RecordDrawer({ collection, collections, id, loaded, neighbours, onOpen, onClose }: RecordDrawerProps) {
  const answer = useQuery({ ...recordQuery(api, collection.name, id), placeholderData: () => loaded });
  const record = answer.data;
  const fields = useMemo(() => columnFields(collection), [collection]);
  const shown = useMemo(() => record && [record], [record]);
  const related = useRelated(fields, collections, shown, Number.MAX_SAFE_INTEGER);
  const place = neighbours.indexOf(id);

  return (
    <Drawer.Root opened onClose={onClose} position="right" size="min(640px, 100vw)" lockScroll={false}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content classNames={{ content: classes.panel }}>
        <header className={classes.head}>
          <Drawer.Title className={classes.title}>
            <span className={classes.collection}>{collection.name}</span>
            <span className={classes.id}>{id}</span>
          </Drawer.Title>
          {place >= 0 && (
            <>
              <Step icon="chevronLeft" label="Previous record" id={neighbours[place - 1]} onOpen={onOpen} />
              <Step icon="chevronRight" label="Next record" id={neighbours[place + 1]} onOpen={onOpen} />
            </>
          )}
          {record !== undefined && <CopyButton label="Copy JSON" text={() => JSON.stringify(record, null, 2)} />}
          <Drawer.CloseButton aria-label="Close" icon={<Icon name="close" />} />
        </header>
        <div className={classes.body}>
          {record === undefined && answer.isError && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
          {record !== undefined && isAuth(collection) && (
            <Suspense>
              <AccountPanel key={record.id} collection={collection} record={record} />
            </Suspense>
          )}
          {record !== undefined && (
            <dl className={classes.fields}>
              {fields.map((field) => {
                const { Value, icon, name } = kindOf(field);
                return (
                  <div key={field.name} className={classes.field}>
                    <dt className={classes.label} title={name}>
                      <Icon name={icon} size={15} />
                      {field.name}
                      {field.hidden && <Icon name="eyeOff" size={14} label="Hidden from everyone but superusers" />}
                    </dt>
                    <dd className={classes.value}>
                      <Value field={field} value={record[field.name]} related={related.get(field.name)} whole />
                    </dd>
                    <CopyButton compact label={`Copy ${field.name}`} text={() => plainText(record[field.name])} />
                  </div>
                );
              })}
            </dl>
          )}
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

interface StepProps {
  readonly icon: 'chevronLeft' | 'chevronRight';
  readonly label: string;
  readonly id: string | undefined;
  readonly onOpen: (id: string) => void;
}

function Step({ icon, label, id, onOpen }: StepProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} title={label} disabled={id === undefined} onClick={() => id !== undefined && onOpen(id)}>
      <Icon name={icon} size={17} />
    </ActionIcon>
  );
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
