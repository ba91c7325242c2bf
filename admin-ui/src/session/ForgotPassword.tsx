import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { SUPERUSERS } from '../api/client';
import { ApiError, messageOf } from '../api/errors';
import { api } from '../app/services';
import { Message } from '../ui/Message';
import { Outcome, PageCard } from '../ui/PageCard';
import classes from '../ui/PageCard.module.css';

interface ForgotPasswordProps {
  readonly email: string;
  readonly onEmail: (email: string) => void;
  readonly onBack: () => void;
}

export function ForgotPassword({ email, onEmail, onBack }: ForgotPasswordProps) {
  const request = useMutation({ mutationFn: () => api.requestPasswordReset(SUPERUSERS, email.trim()) });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    request.mutate();
  }

  if (request.isSuccess) {
    return (
      <Outcome tone="done" title="Look into your mail" action={<Button onClick={onBack}>Back to signing in</Button>}>
        If <strong>{email.trim()}</strong> is a superuser here, a mail with a link to choose a new password is on its way.
      </Outcome>
    );
  }
  return (
    <PageCard title="Choose a new password">
      <p className={classes.text}>We send a link to your address. It works once, and for a short time.</p>
      <form className={classes.form} onSubmit={submit}>
        {request.isError && <Message tone="problem">{explain(request.error)}</Message>}
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          size="md"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => onEmail(event.target.value)}
        />
        <Button type="submit" size="md" loading={request.isPending} fullWidth>
          Send the link
        </Button>
      </form>
      <div className={classes.aside}>
        <button className={classes.link} type="button" onClick={onBack}>
          Back to signing in
        </button>
      </div>
    </PageCard>
  );
}

function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  if (error.status === 429) return 'Too many attempts. Wait a moment, then try again.';
  return error.detail('email') ?? error.message;
}
