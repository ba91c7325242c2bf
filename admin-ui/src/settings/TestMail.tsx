import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SUPERUSERS } from '../api/client';
import { ApiError, messageOf } from '../api/errors';
import { collectionsQuery } from '../api/queries';
import type { MailTemplate } from '../api/types';
import { api } from '../app/services';
import { TextField } from '../ui/Form';
import { Message } from '../ui/Message';
import { problemsOf } from '../ui/problems';
import { MAIL_KINDS } from '../options/authOptions';
import classes from '../ui/Form.module.css';

interface TestMailProps {
  /** Settings were changed and not saved yet. */
  readonly dirty: boolean;
  /** Whether mails leave the server, or become files. */
  readonly leaves: boolean;
}

/** No form of its own: it stands inside the one of the settings. */
export function TestMail({ dirty, leaves }: TestMailProps) {
  const collections = useQuery(collectionsQuery(api));
  const [email, setEmail] = useState('');
  const [template, setTemplate] = useState<MailTemplate>('verification');
  const [collection, setCollection] = useState(SUPERUSERS);
  const send = useMutation({ mutationFn: () => api.sendTestMail(email.trim(), template, collection) });
  const problems = problemsOf(send.error);
  const names = (collections.data ?? []).filter(({ type }) => type === 'auth').map(({ name }) => name);
  const inPlace = ['email', 'template', 'collection'].some((path) => problems(path) !== undefined);
  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    send.reset();
    set(value);
  };

  return (
    <>
      <TextField label="To" type="email" placeholder="you@example.com" value={email} error={problems('email')} onChange={changed(setEmail)} />
      <div className={classes.pair}>
        <NativeSelect
          label="Mail"
          value={template}
          error={problems('template')}
          data={MAIL_KINDS.map((kind) => ({ value: kind.template, label: kind.label }))}
          onChange={(event) => changed(setTemplate)(event.currentTarget.value as MailTemplate)}
        />
        <NativeSelect
          label="Of the collection"
          value={collection}
          error={problems('collection')}
          data={names.includes(collection) ? names : [collection, ...names]}
          onChange={(event) => changed(setCollection)(event.currentTarget.value)}
        />
      </div>
      {send.isError && !inPlace && <Message tone="problem">{explain(send.error)}</Message>}
      {send.isSuccess && <Message tone="done">{leaves ? `The mail is on its way to ${email.trim()}.` : 'The mail is a file in mails of the data folder now.'}</Message>}
      {dirty && <p className={classes.hint}>Save your changes first: the test goes by what is saved.</p>}
      <div className={classes.row}>
        <Button variant="default" disabled={email.trim() === '' || dirty} loading={send.isPending} onClick={() => send.mutate()}>
          Send a test mail
        </Button>
      </div>
    </>
  );
}

function explain(error: unknown): string {
  return error instanceof ApiError && error.details.length > 0 ? error.details.map(({ message }) => message).join(' ') : messageOf(error);
}
