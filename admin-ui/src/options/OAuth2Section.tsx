import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SUPERUSERS } from '../api/client';
import { messageOf } from '../api/errors';
import { oauth2ProvidersQuery } from '../api/queries';
import type { AuthOptions, OAuth2Provider } from '../api/types';
import { api } from '../app/services';
import { CopyButton } from '../ui/CopyButton';
import { Section, Toggle } from '../ui/Form';
import { Message } from '../ui/Message';
import { newProvider } from './authOptions';
import { ProviderEditor } from './ProviderEditor';
import type { OptionsSectionProps } from './OptionsPage';
import classes from '../ui/Form.module.css';

type Mapped = keyof AuthOptions['oauth2']['mappedFields'];

const MAPPED: readonly { readonly key: Mapped; readonly label: string; readonly types: readonly string[] }[] = [
  { key: 'id', label: 'Id at the provider', types: ['text'] },
  { key: 'name', label: 'Full name', types: ['text'] },
  { key: 'username', label: 'User name', types: ['text'] },
  { key: 'avatarURL', label: 'Picture', types: ['file', 'url', 'text'] },
];

export function OAuth2Section({ collection, options, problems, edit }: OptionsSectionProps) {
  const known = useQuery(oauth2ProvidersQuery(api));
  const [opened, setOpened] = useState<string>();
  if (collection.name === SUPERUSERS) return null;

  const { oauth2 } = options;
  const change = (part: Partial<AuthOptions['oauth2']>) => edit({ oauth2: { ...oauth2, ...part } });
  const savedNames = new Set(collection.oauth2.providers.map(({ name }) => name));
  const unused = (known.data ?? []).filter(({ name }) => oauth2.providers.every((provider) => provider.name !== name));
  const infoOf = (name: string) => known.data?.find((info) => info.name === name);
  const problem = oauth2.providers.length === 0 ? problems('oauth2.providers') : undefined;
  const redirectUrl = `${window.location.origin}/api/oauth2-redirect`;

  function add(name: string) {
    if (name === '') return;
    change({ providers: [...oauth2.providers, newProvider(name)] });
    setOpened(name);
  }

  function replace(index: number, provider: OAuth2Provider) {
    change({ providers: oauth2.providers.map((old, place) => (place === index ? provider : old)) });
  }

  return (
    <Section title="OAuth2" about="Sign in with an account somewhere else. One that comes for the first time is created, or linked when both sides have the same verified address.">
      <Toggle label="Sign in with OAuth2" checked={oauth2.enabled} error={problems('oauth2.enabled')} onChange={(enabled) => change({ enabled })} />
      {(oauth2.enabled || oauth2.providers.length > 0) && (
        <>
          <p className={classes.hint}>
            Redirect address to register with each provider: <code>{redirectUrl}</code> <CopyButton compact label="Copy the redirect address" text={() => redirectUrl} />
          </p>
          {oauth2.providers.map((provider, index) => (
            <ProviderEditor
              key={provider.name}
              provider={provider}
              info={infoOf(provider.name)}
              saved={savedNames.has(provider.name)}
              opened={opened === provider.name}
              problems={(path) => problems(`oauth2.providers.${index}.${path}`)}
              onChange={(changed) => replace(index, changed)}
              onRemove={() => change({ providers: oauth2.providers.filter((_, place) => place !== index) })}
            />
          ))}
          {known.isError ? (
            <Message tone="problem">The providers cannot be listed: {messageOf(known.error)}</Message>
          ) : (
            <NativeSelect
              label="Add a provider"
              value=""
              error={problem}
              disabled={unused.length === 0}
              data={[
                { value: '', label: known.isPending || unused.length > 0 ? 'Choose one' : 'No other is there' },
                ...unused.map(({ name, displayName }) => ({ value: name, label: displayName || name })),
              ]}
              onChange={(event) => add(event.currentTarget.value)}
            />
          )}
          <fieldset className={classes.group}>
            <legend className={classes.legend}>What a new account takes over</legend>
            <div className={classes.pair}>
              {MAPPED.map(({ key, label, types }) => (
                <NativeSelect
                  key={key}
                  label={label}
                  value={oauth2.mappedFields[key]}
                  error={problems(`oauth2.mappedFields.${key}`)}
                  data={[
                    { value: '', label: 'Nothing' },
                    ...collection.fields.filter((field) => types.includes(field.type) && (!field.system || field.name === 'id') && !field.hidden).map(({ name }) => name),
                  ]}
                  onChange={(event) => change({ mappedFields: { ...oauth2.mappedFields, [key]: event.currentTarget.value } })}
                />
              ))}
            </div>
          </fieldset>
        </>
      )}
    </Section>
  );
}
