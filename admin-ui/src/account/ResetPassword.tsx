import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { SUPERUSERS_ID } from '../api/client';
import { ApiError, messageOf } from '../api/errors';
import type { NewPassword } from '../api/types';
import { HOME_HREF } from '../app/route';
import { api } from '../app/services';
import { Message } from '../ui/Message';
import { MISMATCH, NewPasswordFields, readNewPassword } from '../ui/PasswordFields';
import { Outcome, PageCard } from '../ui/PageCard';
import { BrokenLink, SpentLink } from './LinkProblem';
import { readMailLink, refusesLink } from './mailLink';
import { PLACE } from './place';
import classes from '../ui/PageCard.module.css';

export function ResetPassword({ token }: { readonly token: string }) {
  const link = readMailLink(token, Date.now());
  const [differ, setDiffer] = useState(false);
  const reset = useMutation({
    mutationFn: ({ collection, password }: { collection: string; password: NewPassword }) => api.confirmPasswordReset(collection, token, password),
  });

  if (link.kind === 'broken') return <BrokenLink />;
  if (reset.isSuccess) return <Done collection={link.collection} />;
  if (link.kind === 'expired' || refusesLink(reset.error)) {
    return (
      <SpentLink
        email={link.email}
        onResend={() => api.requestPasswordReset(link.collection, link.email)}
        advice="Ask for a new one where you sign in."
      />
    );
  }

  const { collection } = link;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = readNewPassword(new FormData(event.currentTarget));
    setDiffer(password.password !== password.passwordConfirm);
    if (password.password === password.passwordConfirm) reset.mutate({ collection, password });
  }
  const refusal = reset.error instanceof ApiError && !differ ? reset.error : undefined;
  const passwordError = refusal?.detailWithin('password');
  const confirmError = differ ? MISMATCH : refusal?.detailWithin('passwordConfirm');

  return (
    <PageCard title="Choose a new password" place={PLACE}>
      {link.email !== '' && (
        <p className={classes.text}>
          For the account of <strong>{link.email}</strong>. All other sign-ins of it end.
        </p>
      )}
      <form className={classes.form} onSubmit={submit}>
        {reset.isError && !differ && passwordError === undefined && confirmError === undefined && <Message tone="problem">{messageOf(reset.error)}</Message>}
        {/* Lets password managers save the new password with the right name. */}
        <input type="text" name="username" autoComplete="username" value={link.email} readOnly hidden />
        <NewPasswordFields label="New password" passwordError={passwordError} confirmError={confirmError} />
        <Button type="submit" size="md" loading={reset.isPending} fullWidth>
          Set the new password
        </Button>
      </form>
    </PageCard>
  );
}

function Done({ collection }: { readonly collection: string }) {
  const superuser = collection === SUPERUSERS_ID;
  return (
    <Outcome
      tone="done"
      title="Your password is changed"
      place={PLACE}
      action={
        superuser && (
          <Button size="md" component="a" href={HOME_HREF}>
            Sign in
          </Button>
        )
      }
    >
      {superuser ? 'Sign in with the new one.' : 'Go back to where you sign in, and use the new one.'}
    </Outcome>
  );
}
