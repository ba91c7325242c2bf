import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError, messageOf } from '../api/errors';
import { claimsOf } from '../api/token';
import type { NewPassword } from '../api/types';
import { HOME_HREF, navigate } from '../app/route';
import { api, session } from '../app/services';
import { Message } from '../ui/Message';
import { MISMATCH, NewPasswordFields, readNewPassword } from '../ui/PasswordFields';
import { Outcome, PageCard } from '../ui/PageCard';
import classes from '../ui/PageCard.module.css';

interface FirstSuperuser {
  readonly email: string;
  readonly password: NewPassword;
}

/** Makes the first superuser, by the link that the server prints at its start, and signs in. */
export function Install({ token }: { readonly token: string }) {
  const [differ, setDiffer] = useState(false);
  const signIn = useMutation({
    mutationFn: ({ email, password }: FirstSuperuser) => api.signIn(email, password.password),
    onSuccess: (answer) => session.start(answer),
    // Whatever kept the sign-in from working is said, or asked for, where one signs in.
    onSettled: () => navigate(HOME_HREF, { replace: true }),
  });
  const create = useMutation({
    mutationFn: ({ email, password }: FirstSuperuser) => api.createFirstSuperuser(token, email, password),
    onSuccess: (_, created) => signIn.mutate(created),
  });

  const refusal = create.error instanceof ApiError ? create.error : undefined;
  const exp = claimsOf(token)?.exp;
  if (exp === undefined || exp * 1000 <= Date.now() || refusal?.status === 401 || refusal?.status === 403 || refusal?.status === 404) return <Spent />;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = readNewPassword(form);
    setDiffer(password.password !== password.passwordConfirm);
    if (password.password === password.passwordConfirm) create.mutate({ email: String(form.get('email')).trim(), password });
  }
  const detail = (name: string) => (differ ? undefined : refusal?.detailWithin(name));
  const inPlace = ['email', 'password', 'passwordConfirm'].some((name) => detail(name) !== undefined);

  return (
    <PageCard title="Set up the first superuser">
      <p className={classes.text}>A superuser sees and changes everything on this server. More of them can be made later.</p>
      <form className={classes.form} onSubmit={submit}>
        {create.isError && !differ && !inPlace && <Message tone="problem">{messageOf(create.error)}</Message>}
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          size="md"
          required
          withAsterisk={false}
          autoFocus
          error={detail('email')}
        />
        <NewPasswordFields label="Password" passwordError={detail('password')} confirmError={differ ? MISMATCH : detail('passwordConfirm')} />
        <Button type="submit" size="md" loading={create.isPending || signIn.isPending} fullWidth>
          Create and sign in
        </Button>
      </form>
    </PageCard>
  );
}

function Spent() {
  return (
    <Outcome
      tone="problem"
      title="This set-up link no longer works"
      action={
        <Button size="md" variant="default" component="a" href={HOME_HREF}>
          Go to signing in
        </Button>
      }
    >
      It was used, or it is too old. While there is no superuser, each start of the server prints a new link; <code>ferritedb admin create</code> makes one
      on the server itself.
    </Outcome>
  );
}
