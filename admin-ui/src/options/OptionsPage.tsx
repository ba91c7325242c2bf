import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { collectionQuery, keys } from '../api/queries';
import type { AuthCollection, AuthOptions } from '../api/types';
import { collectionView, recordsHref } from '../app/route';
import { api } from '../app/services';
import { Failure } from '../ui/Failure';
import { FormPage } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { useDraft } from '../ui/useDraft';
import { type Problems, problemsOf } from '../ui/problems';
import { CodeSection, PasswordSection, SecondFactorSection } from './FactorSections';
import { MailSection } from './MailSection';
import { OAuth2Section } from './OAuth2Section';
import { RuleSection } from './RuleSection';
import { TokenSection } from './TokenSection';
import { changesBetween, isAuth, isOptionPath, optionsOf } from './authOptions';

export interface OptionsSectionProps {
  readonly collection: AuthCollection;
  readonly options: AuthOptions;
  readonly problems: Problems;
  readonly edit: (changes: Partial<AuthOptions>) => void;
}

/** How the accounts of an auth collection sign in, and what they are sent. */
export default function OptionsPage({ name }: { readonly name: string }) {
  const { data: collection, error, refetch } = useQuery(collectionQuery(api, name));

  if (collection === undefined) return error === null ? null : <Failure error={error} onRetry={() => void refetch()} />;
  if (!isAuth(collection)) {
    const action = (
      <Button component="a" href={recordsHref(collectionView(name))}>
        Go to its records
      </Button>
    );
    return (
      <Notice icon={collection.type} title="Nobody signs in here" action={action}>
        <code>{name}</code> holds no accounts: only auth collections have these options.
      </Notice>
    );
  }
  return <Options collection={collection} />;
}

function Options({ collection }: { readonly collection: AuthCollection }) {
  const client = useQueryClient();
  const saved = optionsOf(collection);
  const { value: options, edit, reset } = useDraft(saved);
  const changes = changesBetween(saved, options);
  const save = useMutation({
    mutationFn: () => api.updateCollection(collection.name, changes),
    onSuccess: (changed) => {
      if (isAuth(changed)) reset(optionsOf(changed));
      client.setQueryData(keys.collection(collection.name), changed);
      void client.invalidateQueries({ queryKey: keys.collections });
    },
  });
  const discard = () => {
    reset(saved);
    save.reset();
  };
  const parts: OptionsSectionProps = { collection, options, problems: problemsOf(save.error), edit };

  return (
    <FormPage
      icon="options"
      title={collection.name}
      tag="sign-in options"
      tools={
        <Button variant="default" component="a" href={recordsHref(collectionView(collection.name))}>
          Records
        </Button>
      }
      dirty={Object.keys(changes).length > 0}
      saving={save.isPending}
      saved={save.isSuccess}
      error={save.error}
      inPlace={isOptionPath}
      onSave={() => save.mutate()}
      onDiscard={discard}
    >
      <PasswordSection {...parts} />
      <OAuth2Section {...parts} />
      <CodeSection {...parts} />
      <SecondFactorSection {...parts} />
      <RuleSection {...parts} />
      <TokenSection {...parts} />
      <MailSection {...parts} />
    </FormPage>
  );
}
