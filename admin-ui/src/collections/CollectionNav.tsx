import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../api/errors';
import type { Collection } from '../api/types';
import { collectionView, recordsHref } from '../app/route';
import { Icon } from '../ui/Icon';
import { groupCollections } from './groups';
import classes from './CollectionNav.module.css';

const TYPE_LABELS = { base: 'Base collection', auth: 'Auth collection', view: 'View collection' } as const;

interface CollectionNavProps {
  readonly collections: UseQueryResult<readonly Collection[]>;
  readonly selected: string | undefined;
}

export function CollectionNav({ collections, selected }: CollectionNavProps) {
  const [wanted, setWanted] = useState('');
  const groups = groupCollections(collections.data ?? [], wanted);
  const [systemOpen, setSystemOpen] = useState(false);
  const showSystem = systemOpen || wanted !== '' || groups.system.some(({ name }) => name === selected);

  return (
    <nav className={classes.nav} aria-label="Collections">
      <label className={classes.search}>
        <Icon name="search" size={15} />
        <input type="search" placeholder="Find a collection" aria-label="Find a collection" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      </label>
      <div className={classes.lists}>
        {collections.isPending && <Placeholder />}
        {collections.isError && collections.data === undefined && (
          <p className={classes.note} role="alert">
            {messageOf(collections.error)} <button onClick={() => void collections.refetch()}>Try again</button>
          </p>
        )}
        {collections.data !== undefined && (
          <>
            <h2 className={classes.heading}>
              Collections <span className={classes.count}>{groups.user.length}</span>
            </h2>
            <List collections={groups.user} selected={selected} />
            {groups.user.length === 0 && <p className={classes.note}>{wanted === '' ? 'None yet.' : 'None of that name.'}</p>}
            {groups.system.length > 0 && (
              <>
                <button className={classes.fold} aria-expanded={showSystem} aria-controls="system-collections" onClick={() => setSystemOpen(!systemOpen)}>
                  <Icon name={showSystem ? 'chevronDown' : 'chevronRight'} size={14} />
                  System <span className={classes.count}>{groups.system.length}</span>
                </button>
                <div id="system-collections" hidden={!showSystem}>
                  <List collections={groups.system} selected={selected} />
                </div>
              </>
            )}
          </>
        )}
      </div>
    </nav>
  );
}

function List({ collections, selected }: { readonly collections: readonly Collection[]; readonly selected: string | undefined }) {
  return (
    <ul className={classes.list}>
      {collections.map(({ id, name, type }) => (
        <li key={id}>
          <a className={classes.link} href={recordsHref(collectionView(name))} aria-current={name === selected ? 'page' : undefined}>
            <Icon name={type} size={17} label={TYPE_LABELS[type]} />
            <span className={classes.name} title={name}>
              {name}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Placeholder() {
  return (
    <div className={classes.placeholder} role="status" aria-label="Loading the collections">
      {[70, 52, 84, 60, 44].map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
