import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ApiError, messageOf } from '../api/errors';
import { api, session } from '../app/services';
import { Brand } from '../ui/Brand';
import { Icon } from '../ui/Icon';
import classes from './SignIn.module.css';

export default function SignIn({ expired }: { readonly expired: boolean }) {
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => api.signIn(email, password),
    onSuccess: (answer) => session.start(answer),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: String(form.get('email')).trim(), password: String(form.get('password')) });
  }

  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Brand size={32} />
        <h1 className={classes.title}>Sign in as a superuser</h1>
        <form className={classes.form} onSubmit={submit}>
          {expired && signIn.status === 'idle' && (
            <p className={classes.info} role="status">
              Your session has ended. Sign in to go on where you were.
            </p>
          )}
          {signIn.isError && (
            <p className={classes.error} role="alert">
              <Icon name="alert" size={16} />
              {explain(signIn.error)}
            </p>
          )}
          <TextInput label="Email" name="email" type="email" autoComplete="username" size="md" required withAsterisk={false} autoFocus />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            size="md"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          />
          <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
            Sign in
          </Button>
        </form>
        <p className={classes.hint}>
          No superuser yet? Run <code>ferritedb admin create</code> on the server.
        </p>
      </div>
    </main>
  );
}

function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  if (error.needsSecondFactor) return 'This account needs a second factor, which the admin UI cannot ask for yet.';
  if (error.status === 429) return 'Too many attempts. Wait a moment, then try again.';
  if (error.status === 400 || error.status === 401) return 'Email or password is not right.';
  return error.message;
}
