import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../api/errors';
import { api } from '../app/services';
import { Message } from '../ui/Message';
import { Outcome, PageCard } from '../ui/PageCard';
import { BrokenLink, SpentLink } from './LinkProblem';
import { readMailLink, refusesLink } from './mailLink';
import { PLACE } from './place';
import classes from '../ui/PageCard.module.css';

/**
 * Asks before it confirms: programs that look into mails open links by themselves, and would confirm an address for
 * someone who does not own it.
 */
export function ConfirmVerification({ token }: { readonly token: string }) {
  const link = readMailLink(token, Date.now());
  const confirm = useMutation({ mutationFn: (collection: string) => api.confirmVerification(collection, token) });

  if (link.kind === 'broken') return <BrokenLink />;
  if (confirm.isSuccess) {
    return (
      <Outcome tone="done" title="Your address is confirmed" place={PLACE}>
        Thank you. You can close this page and go back to where you came from.
      </Outcome>
    );
  }
  if (link.kind === 'expired' || refusesLink(confirm.error)) {
    return (
      <SpentLink
        email={link.email}
        onResend={() => api.requestVerification(link.collection, link.email)}
        advice="Ask for a new one where you signed up."
      />
    );
  }
  return (
    <PageCard title="Confirm your e-mail address" place={PLACE}>
      <p className={classes.text}>
        Is <strong>{link.email || 'the address that this mail came to'}</strong> yours?
      </p>
      <div className={classes.actions}>
        {confirm.isError && <Message tone="problem">{messageOf(confirm.error)}</Message>}
        <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate(link.collection)} autoFocus>
          Yes, confirm it
        </Button>
      </div>
    </PageCard>
  );
}
