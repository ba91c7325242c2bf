import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiError, messageOf } from '../api/errors';
import { api } from '../app/services';
import { Message } from '../ui/Message';
import { Outcome, PageCard } from '../ui/PageCard';
import { PasswordField } from '../ui/PasswordFields';
import { BrokenLink, SpentLink } from './LinkProblem';
import { readMailLink, refusesLink } from './mailLink';
import { PLACE } from './place';
import classes from '../ui/PageCard.module.css';

export function ConfirmEmailChange({ token }: { readonly token: string }) {
  const link = readMailLink(token, Date.now());
  const confirm = useMutation({
    mutationFn: ({ collection, password }: { collection: string; password: string }) => api.confirmEmailChange(collection, token, password),
  });

  if (link.kind === 'broken') return <BrokenLink />;
  if (confirm.isSuccess) {
    return (
      <Outcome tone="done" title="Your address is changed" place={PLACE}>
        You were signed out everywhere. Go back to where you sign in, and use the new address.
      </Outcome>
    );
  }
  if (link.kind === 'expired' || refusesLink(confirm.error)) {
    return <SpentLink email={undefined} advice="Sign in and ask for the change once more." />;
  }

  const { collection } = link;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    confirm.mutate({ collection, password: String(new FormData(event.currentTarget).get('password')) });
  }
  const passwordError = confirm.error instanceof ApiError ? confirm.error.detailWithin('password') : undefined;

  return (
    <PageCard title="Confirm your new address" place={PLACE}>
      <p className={classes.text}>
        {link.newEmail === '' ? 'This address' : <strong>{link.newEmail}</strong>} becomes the address of your account
        {link.email !== '' && (
          <>
            {' '}
            in place of <strong>{link.email}</strong>
          </>
        )}
        . Your password shows that it is you.
      </p>
      <form className={classes.form} onSubmit={submit}>
        {confirm.isError && passwordError === undefined && <Message tone="problem">{messageOf(confirm.error)}</Message>}
        <input type="text" name="username" autoComplete="username" value={link.email} readOnly hidden />
        <PasswordField label="Password" name="password" autoComplete="current-password" error={passwordError} autoFocus />
        <Button type="submit" size="md" loading={confirm.isPending} fullWidth>
          Change the address
        </Button>
      </form>
    </PageCard>
  );
}
