import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { ApiError } from '../api/errors';
import { auditQuery, keys } from '../api/queries';
import { AUDIT_VIEW, auditHref, type AuditView, navigate } from '../app/route';
import { api } from '../app/services';
import { Pager } from '../records/Pager';
import { Failure } from '../ui/Failure';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { AuditTable } from './AuditTable';
import { ACTION_GROUPS, actionLabel } from './actions';
import classes from './Audit.module.css';

/** Who did what, and when. */
export default function AuditPage({ view }: { readonly view: AuditView }) {
  const client = useQueryClient();
  const list = useQuery(auditQuery(api, view));
  const entries = list.data?.items ?? [];
  const narrowed = view.action !== '' || view.actor !== '' || view.from !== '' || view.to !== '';
  const go = (change: Partial<AuditView>) => navigate(auditHref({ ...view, ...change }));
  const clear = () => navigate(auditHref({ ...AUDIT_VIEW, perPage: view.perPage }));

  return (
    <section className={classes.page} aria-label="Audit log">
      <header className={classes.head}>
        <h1 className={classes.title}>
          <Icon name="log" size={20} className={classes.icon} />
          Audit log
        </h1>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Refresh"
          title="Refresh"
          loading={list.isFetching && !list.isPending}
          onClick={() => void client.invalidateQueries({ queryKey: keys.audit })}
        >
          <Icon name="refresh" />
        </ActionIcon>
        <Filters view={view} error={list.error} onChange={(change) => go({ ...change, page: 1 })} />
      </header>
      <div className={classes.body} aria-busy={list.isFetching}>
        {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && entries.length === 0 && <Nothing view={view} narrowed={narrowed} onClear={clear} onFirst={() => go({ page: 1 })} />}
        {list.isSuccess && entries.length > 0 && <AuditTable entries={entries} stale={list.isPlaceholderData} />}
      </div>
      <Pager
        view={view}
        nouns={['entry', 'entries']}
        rows={entries.length}
        total={list.data?.totalItems}
        disabled={list.isError}
        onChange={(change) => go(change)}
        onNextLikely={() => void client.prefetchQuery(auditQuery(api, { ...view, page: view.page + 1 }))}
      />
    </section>
  );
}

interface FiltersProps {
  readonly view: AuditView;
  readonly error: unknown;
  readonly onChange: (change: Partial<AuditView>) => void;
}

function Filters({ view, error, onChange }: FiltersProps) {
  const [actor, setActor] = useState(view.actor);
  useEffect(() => setActor(view.actor), [view.actor]);
  const problem = (name: string) => (error instanceof ApiError ? error.detail(name) : undefined);
  const known = ACTION_GROUPS.some(({ items }) => items.includes(view.action));

  function submit(event: FormEvent) {
    event.preventDefault();
    onChange({ actor: actor.trim() });
  }

  return (
    <form className={classes.filters} onSubmit={submit} role="search">
      <NativeSelect
        label="Action"
        value={view.action}
        error={problem('action')}
        data={[
          { value: '', label: 'Every action' },
          ...(known || view.action === '' ? [] : [view.action]),
          ...ACTION_GROUPS.map(({ group, items }) => ({ group, items: items.map((value) => ({ value, label: actionLabel(value) })) })),
        ]}
        onChange={(event) => onChange({ action: event.currentTarget.value })}
      />
      <TextInput
        label="Actor"
        placeholder="guest, operator, or an account's id"
        spellCheck={false}
        autoComplete="off"
        value={actor}
        error={problem('actor')}
        onChange={(event) => setActor(event.currentTarget.value)}
        onBlur={() => actor.trim() !== view.actor && onChange({ actor: actor.trim() })}
      />
      <TextInput label="From" type="date" value={view.from} error={problem('from')} onChange={(event) => onChange({ from: event.currentTarget.value })} />
      <TextInput label="To" type="date" value={view.to} error={problem('to')} onChange={(event) => onChange({ to: event.currentTarget.value })} />
    </form>
  );
}

interface NothingProps {
  readonly view: AuditView;
  readonly narrowed: boolean;
  readonly onClear: () => void;
  readonly onFirst: () => void;
}

function Nothing({ view, narrowed, onClear, onFirst }: NothingProps) {
  if (view.page > 1) {
    return (
      <Notice icon="search" title="Nothing on this page" action={<Button onClick={onFirst}>Go to the first page</Button>}>
        There are fewer entries than that.
      </Notice>
    );
  }
  if (!narrowed) {
    return (
      <Notice icon="log" title="Nothing has happened yet">
        Sign-ins, refusals and changes of accounts, collections and settings show up here.
      </Notice>
    );
  }
  const action = (
    <Button variant="default" onClick={onClear}>
      Show everything
    </Button>
  );
  return (
    <Notice icon="filter" title="No entry matches" action={action}>
      An actor is <code>guest</code>, <code>operator</code>, an account's id, or <code>collection/id</code>.
    </Notice>
  );
}
