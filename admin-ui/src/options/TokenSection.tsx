import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/queries';
import { messageOf } from '../api/errors';
import { api } from '../app/services';
import { ConfirmButton } from '../ui/ConfirmButton';
import { NumberField, Section } from '../ui/Form';
import { Message } from '../ui/Message';
import { durationText, newSecret, TOKEN_KINDS, type TokenKind } from './authOptions';
import type { OptionsSectionProps } from './OptionsPage';
import classes from '../ui/Form.module.css';

export function TokenSection({ collection, options, problems, edit }: OptionsSectionProps) {
  return (
    <Section title="Tokens" about="How long each kind lasts, in seconds. Those that exist end at once when they are invalidated.">
      {TOKEN_KINDS.map(({ name, label, ends }) => (
        <div key={name} className={classes.withAction}>
          <NumberField
            label={label}
            description={durationText(options[name].duration)}
            min={10}
            max={94_670_856}
            value={options[name].duration}
            error={problems(name)}
            onChange={(duration) => edit({ [name]: { ...options[name], duration } })}
          />
          <Invalidate collection={collection.name} kind={name} duration={collection[name].duration} ends={ends} />
        </div>
      ))}
    </Section>
  );
}

interface InvalidateProps {
  readonly collection: string;
  readonly kind: TokenKind;
  /** As it is saved: what is being typed is no part of this. */
  readonly duration: number;
  readonly ends: string;
}

/** Works at once, apart from the other changes: whoever needs it has no time to lose. */
function Invalidate({ collection, kind, duration, ends }: InvalidateProps) {
  const client = useQueryClient();
  const invalidate = useMutation({
    mutationFn: () => api.updateCollection(collection, { [kind]: { duration, secret: newSecret() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
  return (
    <>
      {invalidate.isError && <Message tone="problem">{messageOf(invalidate.error)}</Message>}
      {invalidate.isSuccess ? (
        <Message tone="done">All that existed are invalid now.</Message>
      ) : (
        <ConfirmButton
          label="Invalidate all"
          size="sm"
          question={`${ends} This cannot be taken back.`}
          confirm="Invalidate"
          loading={invalidate.isPending}
          onConfirm={() => invalidate.mutate()}
        />
      )}
    </>
  );
}
