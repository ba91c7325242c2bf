import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { SUPERUSERS } from '../api/client';
import { ApiError, messageOf } from '../api/errors';
import { EXTERNAL_AUTHS, keys, linksQuery } from '../api/queries';
import type { AuthCollection, RecordItem } from '../api/types';
import { api } from '../app/services';
import { durationText } from '../options/authOptions';
import { ConfirmButton } from '../ui/ConfirmButton';
import { CopyButton } from '../ui/CopyButton';
import { NumberField, Toggle } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Message } from '../ui/Message';
import classes from './AccountPanel.module.css';

interface AccountPanelProps {
  readonly collection: AuthCollection;
  readonly record: RecordItem;
}

/** What can be done with an account beside reading it. */
export default function AccountPanel({ collection, record }: AccountPanelProps) {
  const superuser = collection.name === SUPERUSERS;
  return (
    <section className={classes.panel} aria-label="Account">
      {!superuser && <Verified collection={collection} record={record} />}
      <Mails collection={collection} record={record} />
      {!superuser && <Links record={record} />}
      <Impersonation collection={collection} record={record} />
    </section>
  );
}

function Verified({ collection, record }: AccountPanelProps) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (verified: boolean) => api.updateRecord(collection.name, record.id, { verified }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.recordsOf(collection.name) }),
  });
  return (
    <div className={classes.part}>
      <Toggle
        label="The address is verified"
        checked={change.isPending ? change.variables : record.verified === true}
        disabled={change.isPending}
        error={change.isError ? messageOf(change.error) : undefined}
        onChange={(verified) => change.mutate(verified)}
      />
    </div>
  );
}

function Mails({ collection, record }: AccountPanelProps) {
  const email = typeof record.email === 'string' ? record.email : '';
  if (email === '') return null;
  return (
    <div className={classes.part}>
      <div className={classes.buttons}>
        {record.verified !== true && collection.name !== SUPERUSERS && (
          <MailButton label="Send verification mail" email={email} send={() => api.requestVerification(collection.name, email)} />
        )}
        {collection.passwordAuth.enabled && (
          <MailButton label="Send password reset mail" email={email} send={() => api.requestPasswordReset(collection.name, email)} />
        )}
      </div>
    </div>
  );
}

function MailButton({ label, email, send }: { readonly label: string; readonly email: string; readonly send: () => Promise<void> }) {
  const mail = useMutation({ mutationFn: send });
  return (
    <div className={classes.action}>
      <Button variant="default" size="xs" leftSection={<Icon name="email" size={15} />} loading={mail.isPending} disabled={mail.isSuccess} onClick={() => mail.mutate()}>
        {label}
      </Button>
      {mail.isSuccess && <Message tone="done">On its way to {email}, unless one went there in the last two minutes.</Message>}
      {mail.isError && <Message tone="problem">{explain(mail.error)}</Message>}
    </div>
  );
}

function Links({ record }: { readonly record: RecordItem }) {
  const links = useQuery(linksQuery(api, record));
  return (
    <div className={classes.part}>
      <h3 className={classes.heading}>Linked providers</h3>
      {links.isError && <Message tone="problem">{messageOf(links.error)}</Message>}
      {links.data?.length === 0 && <p className={classes.note}>None: this account signs in nowhere else.</p>}
      {links.data !== undefined && links.data.length > 0 && (
        <ul className={classes.links}>
          {links.data.map((link) => (
            <Link key={link.id} link={link} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Link({ link }: { readonly link: RecordItem }) {
  const client = useQueryClient();
  const provider = String(link.provider);
  const unlink = useMutation({
    mutationFn: () => api.deleteRecord(EXTERNAL_AUTHS, link.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.recordsOf(EXTERNAL_AUTHS) }),
  });
  return (
    <li className={classes.link}>
      <span className={classes.provider}>
        <strong>{provider}</strong>
        <span className={classes.note}>{String(link.providerId)}</span>
      </span>
      <ConfirmButton
        label={`Unlink ${provider}`}
        question={`This account can no longer sign in with ${provider}.`}
        confirm="Unlink"
        loading={unlink.isPending}
        onConfirm={() => unlink.mutate()}
      />
      {unlink.isError && <Message tone="problem">{messageOf(unlink.error)}</Message>}
    </li>
  );
}

const SECONDS_DEFAULT = 3600;

function Impersonation({ collection, record }: AccountPanelProps) {
  const [seconds, setSeconds] = useState(SECONDS_DEFAULT);
  const impersonate = useMutation({ mutationFn: () => api.impersonate(collection.name, record.id, seconds) });

  function submit(event: FormEvent) {
    event.preventDefault();
    impersonate.mutate();
  }

  return (
    <details className={classes.part}>
      <summary className={classes.heading}>Impersonate</summary>
      <p className={classes.note}>A token that does what this account may do. It cannot be renewed, and it is shown once.</p>
      <form className={classes.token} onSubmit={submit} noValidate>
        <NumberField
          label="Valid for, in seconds"
          description={durationText(seconds) ?? `As long as the collection's tokens: ${durationText(collection.authToken.duration)}`}
          min={0}
          value={seconds}
          error={impersonate.error instanceof ApiError ? impersonate.error.detail('duration') : undefined}
          onChange={setSeconds}
        />
        <Button variant="default" type="submit" loading={impersonate.isPending}>
          Make a token
        </Button>
      </form>
      {impersonate.isError && !(impersonate.error instanceof ApiError && impersonate.error.detail('duration') !== undefined) && (
        <Message tone="problem">{messageOf(impersonate.error)}</Message>
      )}
      {impersonate.data !== undefined && (
        <div className={classes.result}>
          <code aria-label="Token">{impersonate.data.token}</code>
          <CopyButton label="Copy the token" text={() => impersonate.data.token} />
        </div>
      )}
    </details>
  );
}

function explain(error: unknown): string {
  if (error instanceof ApiError && error.status === 429) return 'Too many mails were asked for. Wait a moment, then try again.';
  return messageOf(error);
}
