import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect } from 'react';
import { ApiError, messageOf } from '../api/errors';
import { api, session } from '../app/services';
import { Message } from '../ui/Message';
import { PageCard } from '../ui/PageCard';
import classes from '../ui/PageCard.module.css';

interface CodeStepProps {
  readonly email: string;
  readonly mfaId: string;
  readonly onBack: () => void;
}

/** The second factor: a one-time code by mail, asked for as soon as this is shown. */
export function CodeStep({ email, mfaId, onBack }: CodeStepProps) {
  const { mutate: requestCode, ...request } = useMutation({ mutationFn: () => api.requestCode(email) });
  const signIn = useMutation({
    mutationFn: ({ otpId, code }: { otpId: string; code: string }) => api.signInWithCode(otpId, code, mfaId),
    onSuccess: (answer) => session.start(answer),
  });
  useEffect(() => requestCode(), [requestCode]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).replaceAll(/\s/g, '');
    if (request.data !== undefined) signIn.mutate({ otpId: request.data, code });
  }

  function sendAnother() {
    signIn.reset();
    requestCode();
  }

  return (
    <PageCard title="Enter your sign-in code">
      <p className={classes.text}>
        The password is right. This account needs a code as well, which is on its way to <strong>{email}</strong>.
      </p>
      <form className={classes.form} onSubmit={submit}>
        {request.isError && <Message tone="problem">{explainRequest(request.error)}</Message>}
        {signIn.isError && <Message tone="problem">{explainCode(signIn.error)}</Message>}
        <TextInput
          label="Code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          size="md"
          required
          withAsterisk={false}
          autoFocus
          maxLength={40}
        />
        <Button type="submit" size="md" loading={signIn.isPending} disabled={request.data === undefined} fullWidth>
          Sign in
        </Button>
      </form>
      <div className={classes.aside}>
        <button className={classes.link} type="button" onClick={sendAnother} disabled={request.isPending}>
          Send another code
        </button>
        <button className={classes.link} type="button" onClick={onBack}>
          Start again
        </button>
      </div>
    </PageCard>
  );
}

function explainRequest(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  if (error.status === 403) return 'This account needs a second factor, and codes by mail are turned off for superusers.';
  if (error.status === 429) return 'Too many codes were asked for. Wait a moment, then try again.';
  return error.message;
}

function explainCode(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  if (error.status === 429) return 'Too many attempts. Wait a moment, then ask for another code.';
  if (/mfa/i.test(`${error.code} ${error.message}`)) return 'The sign-in took too long. Start again with the password.';
  if (error.status === 400) return 'The code is not right, or too old.';
  return error.message;
}
