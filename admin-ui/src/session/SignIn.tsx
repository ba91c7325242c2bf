import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError, messageOf } from '../api/errors';
import { api, session } from '../app/services';
import { Message } from '../ui/Message';
import { PageCard } from '../ui/PageCard';
import { PasswordField } from '../ui/PasswordFields';
import { CodeStep } from './CodeStep';
import { ForgotPassword } from './ForgotPassword';
import classes from '../ui/PageCard.module.css';

type Step =
  | { readonly kind: 'password' }
  | { readonly kind: 'code'; readonly mfaId: string }
  | { readonly kind: 'forgot' };

export default function SignIn({ expired }: { readonly expired: boolean }) {
  const [step, setStep] = useState<Step>({ kind: 'password' });
  const [email, setEmail] = useState('');
  const back = () => setStep({ kind: 'password' });

  switch (step.kind) {
    case 'password':
      return (
        <PasswordStep
          expired={expired}
          email={email}
          onEmail={setEmail}
          onSecondFactor={(mfaId) => setStep({ kind: 'code', mfaId })}
          onForgot={() => setStep({ kind: 'forgot' })}
        />
      );
    case 'code':
      return <CodeStep email={email.trim()} mfaId={step.mfaId} onBack={back} />;
    case 'forgot':
      return <ForgotPassword email={email} onEmail={setEmail} onBack={back} />;
  }
}

interface PasswordStepProps {
  readonly expired: boolean;
  readonly email: string;
  readonly onEmail: (email: string) => void;
  readonly onSecondFactor: (mfaId: string) => void;
  readonly onForgot: () => void;
}

function PasswordStep({ expired, email, onEmail, onSecondFactor, onForgot }: PasswordStepProps) {
  const signIn = useMutation({
    mutationFn: (password: string) => api.signIn(email.trim(), password),
    onSuccess: (answer) => session.start(answer),
    onError: (error) => error instanceof ApiError && error.mfaId !== undefined && onSecondFactor(error.mfaId),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    signIn.mutate(String(new FormData(event.currentTarget).get('password')));
  }

  return (
    <PageCard title="Sign in as a superuser">
      <form className={classes.form} onSubmit={submit}>
        {expired && signIn.status === 'idle' && <Message>Your session has ended. Sign in to go on where you were.</Message>}
        {signIn.isError && <Message tone="problem">{explain(signIn.error)}</Message>}
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
        <PasswordField label="Password" name="password" autoComplete="current-password" />
        <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </form>
      <p className={classes.aside}>
        <button className={classes.link} type="button" onClick={onForgot}>
          Forgot the password?
        </button>
      </p>
      <p className={classes.hint}>
        No superuser yet? Open the link that the server prints at its start, or run <code>ferritedb admin create</code> there.
      </p>
    </PageCard>
  );
}

function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  if (error.status === 429) return 'Too many attempts. Wait a moment, then try again.';
  if (error.status === 400 || error.status === 401) return 'Email or password is not right.';
  return error.message;
}
