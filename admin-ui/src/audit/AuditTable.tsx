import { ActionIcon } from '@mantine/core';
import { Fragment, useState } from 'react';
import type { AuditEntry } from '../api/types';
import { collectionView, recordsHref } from '../app/route';
import { dateParts, localDate } from '../fields/format';
import { Icon } from '../ui/Icon';
import { actionLabel, actorPlace, isAlarming, type Place, targetPlace } from './actions';
import classes from './Audit.module.css';

interface AuditTableProps {
  readonly entries: readonly AuditEntry[];
  /** Of the page before, while this one is on its way. */
  readonly stale: boolean;
}

export function AuditTable({ entries, stale }: AuditTableProps) {
  const [opened, setOpened] = useState<string>();
  return (
    <table className={classes.table} data-stale={stale}>
      <caption className={classes.caption}>Entries of the audit log, times in UTC</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Action</th>
          <th scope="col">Actor</th>
          <th scope="col">Resource</th>
          <th scope="col">Address</th>
          <th scope="col" aria-label="Details" />
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => {
          // Entries have no id; within a page their place is one.
          const key = `${entry.time} ${entry.requestId} ${index}`;
          const open = key === opened;
          return (
            <Fragment key={key}>
              <tr>
                <td>
                  <Time value={entry.time} />
                </td>
                <td>
                  <span className={classes.action} data-alarming={isAlarming(entry.action)}>
                    {actionLabel(entry.action)}
                  </span>
                </td>
                <td>
                  <Record text={entry.actor} place={actorPlace(entry.actor)} />
                </td>
                <td>
                  <Record text={[entry.resource, entry.id].filter((part) => part !== '').join('/')} place={targetPlace(entry)} />
                </td>
                <td className={classes.mono}>{entry.address}</td>
                <td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={28}
                    aria-label="Details"
                    aria-expanded={open}
                    onClick={() => setOpened(open ? undefined : key)}
                  >
                    <Icon name={open ? 'chevronDown' : 'chevronRight'} size={15} />
                  </ActionIcon>
                </td>
              </tr>
              {open && (
                <tr className={classes.more}>
                  <td colSpan={6}>
                    <Details entry={entry} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Time({ value }: { readonly value: string }) {
  const parts = dateParts(value);
  if (parts === undefined) return value;
  return (
    <time dateTime={value.replace(' ', 'T')} title={`UTC. Here: ${localDate(value)}`}>
      {parts.day} <span className={classes.faint}>{parts.time}</span>
    </time>
  );
}

function Record({ text, place }: { readonly text: string; readonly place: Place | undefined }) {
  if (place === undefined) return <span className={classes.mono}>{text}</span>;
  return (
    <a className={classes.mono} href={recordsHref({ ...collectionView(place.collection), record: place.id })} title={text}>
      {text}
    </a>
  );
}

function Details({ entry: { details, agent, requestId } }: { readonly entry: AuditEntry }) {
  return (
    <dl className={classes.details}>
      <dt>Details</dt>
      <dd>
        <pre>{JSON.stringify(details, null, 2)}</pre>
      </dd>
      {agent !== '' && (
        <>
          <dt>Sent by</dt>
          <dd>{agent}</dd>
        </>
      )}
      {requestId !== '' && (
        <>
          <dt>Request</dt>
          <dd className={classes.mono}>{requestId}</dd>
        </>
      )}
    </dl>
  );
}
