import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../api/errors';
import { Message } from '../ui/Message';
import { Outcome } from '../ui/PageCard';
import { PLACE } from './place';

/** The mail program or the one who copied the link lost a part of it. */
export function BrokenLink() {
  return (
    <Outcome tone="problem" title="This link is not whole" place={PLACE}>
      A part of the link is missing. Open it from the mail once more, or copy all of it, up to its end.
    </Outcome>
  );
}

interface SpentLinkProps {
  /** Whom a new link can be sent to; undefined when one has to be asked for elsewhere. */
  readonly email: string | undefined;
  /** Has a new link mailed. */
  readonly onResend?: () => Promise<void>;
  /** What to do when no new link can be sent from here. */
  readonly advice: string;
}

export function SpentLink({ email, onResend, advice }: SpentLinkProps) {
  const resend = useMutation({ mutationFn: () => onResend?.() ?? Promise.resolve() });
  if (resend.isSuccess) {
    return (
      <Outcome tone="done" title="Look into your mail" place={PLACE}>
        A new link is on its way to <strong>{email}</strong>. If nothing comes, wait two minutes before you try again.
      </Outcome>
    );
  }
  const canResend = onResend !== undefined && email !== undefined && email !== '';
  return (
    <Outcome
      tone="problem"
      title="This link no longer works"
      place={PLACE}
      action={
        canResend && (
          <>
            {resend.isError && <Message tone="problem">{messageOf(resend.error)}</Message>}
            <Button size="md" loading={resend.isPending} onClick={() => resend.mutate()}>
              Send a new link
            </Button>
          </>
        )
      }
    >
      It was used before, or it is too old. {canResend ? null : advice}
    </Outcome>
  );
}
