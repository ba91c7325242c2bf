import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { OAuth2Provider, OAuth2ProviderInfo } from '../api/types';
import { CodeArea, TextField } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { PasswordField } from '../ui/PasswordFields';
import type { Problems } from '../ui/problems';
import { needsAddresses, parseExtra } from './authOptions';
import classes from '../ui/Form.module.css';

interface ProviderEditorProps {
  readonly provider: OAuth2Provider;
  readonly info: OAuth2ProviderInfo | undefined;
  /** Whether the server knows it already, and with it a secret that it does not show. */
  readonly saved: boolean;
  readonly opened: boolean;
  readonly problems: Problems;
  readonly onChange: (provider: OAuth2Provider) => void;
  readonly onRemove: () => void;
}

export function ProviderEditor({ provider, info, saved, opened, problems, onChange, onRemove }: ProviderEditorProps) {
  const change = (part: Partial<OAuth2Provider>) => onChange({ ...provider, ...part });
  const troubled = PARTS.some((part) => problems(part) !== undefined);
  const title = provider.displayName || info?.displayName || provider.name;

  function changeSecret(secret: string) {
    const { clientSecret: _, ...rest } = provider;
    onChange(secret === '' && saved ? rest : { ...rest, clientSecret: secret });
  }

  return (
    <details className={classes.block} open={opened || troubled || undefined}>
      <summary>
        <Icon name="chevronRight" size={15} />
        {info !== undefined && info.logo !== '' && <img src={logoAddress(info.logo)} width={18} height={18} alt="" />}
        {title}
        <span className={classes.tail} data-tone={troubled ? 'problem' : undefined}>
          {troubled ? 'Needs another look' : saved ? provider.name : 'Not saved yet'}
        </span>
      </summary>
      <div className={classes.blockBody}>
        <div className={classes.pair}>
          <TextField label="Client id" value={provider.clientId} autoComplete="off" error={problems('clientId')} onChange={(clientId) => change({ clientId })} />
          <PasswordField
            label="Client secret"
            size="sm"
            required={false}
            autoComplete="new-password"
            placeholder={saved ? 'Kept as it is' : ''}
            value={provider.clientSecret ?? ''}
            error={problems('clientSecret')}
            onChange={(event) => changeSecret(event.currentTarget.value)}
          />
        </div>
        <TextField
          label="Name on the button"
          placeholder={info?.displayName ?? provider.name}
          value={provider.displayName}
          error={problems('displayName')}
          onChange={(displayName) => change({ displayName })}
        />
        {needsAddresses(provider.name) ? (
          <Addresses provider={provider} problems={problems} change={change} />
        ) : (
          <details>
            <summary className={classes.hint}>Addresses and PKCE</summary>
            <div className={classes.fields} style={{ paddingTop: 14 }}>
              <Addresses provider={provider} problems={problems} change={change} />
            </div>
          </details>
        )}
        <div className={classes.row}>
          <Button variant="default" size="xs" leftSection={<Icon name="trash" size={15} />} onClick={onRemove}>
            Remove {title}
          </Button>
        </div>
      </div>
    </details>
  );
}

const PARTS = ['clientId', 'clientSecret', 'displayName', 'authURL', 'tokenURL', 'userInfoURL', 'pkce', 'extra', 'name'] as const;

interface AddressesProps {
  readonly provider: OAuth2Provider;
  readonly problems: Problems;
  readonly change: (part: Partial<OAuth2Provider>) => void;
}

function Addresses({ provider, problems, change }: AddressesProps) {
  const placeholder = needsAddresses(provider.name) ? 'https://' : "The provider's own";
  return (
    <>
      <TextField
        label="Authorization address"
        type="url"
        placeholder={placeholder}
        value={provider.authURL}
        error={problems('authURL')}
        onChange={(authURL) => change({ authURL })}
      />
      <TextField
        label="Token address"
        type="url"
        placeholder={placeholder}
        value={provider.tokenURL}
        error={problems('tokenURL')}
        onChange={(tokenURL) => change({ tokenURL })}
      />
      <TextField
        label="User info address"
        type="url"
        placeholder={placeholder}
        value={provider.userInfoURL}
        error={problems('userInfoURL')}
        onChange={(userInfoURL) => change({ userInfoURL })}
      />
      <NativeSelect
        label="PKCE"
        description="Keep it on unless the provider refuses it."
        value={provider.pkce === null ? 'default' : String(provider.pkce)}
        error={problems('pkce')}
        data={[
          { value: 'default', label: "The provider's own choice" },
          { value: 'true', label: 'On' },
          { value: 'false', label: 'Off' },
        ]}
        onChange={({ currentTarget: { value } }) => change({ pkce: value === 'default' ? null : value === 'true' })}
      />
      <Extra provider={provider} problem={problems('extra')} change={change} />
    </>
  );
}

/** JSON is kept as it is typed; only what can be read becomes part of the provider. */
function Extra({ provider, problem, change }: Pick<AddressesProps, 'provider' | 'change'> & { readonly problem: string | undefined }) {
  const [text, setText] = useState(provider.extra === null ? '' : JSON.stringify(provider.extra, null, 2));
  const readable = parseExtra(text) !== undefined;
  return (
    <CodeArea
      label="Further settings, as JSON"
      rows={3}
      description="For ID tokens: jwksURL, where their keys are, and issuers."
      placeholder='{"jwksURL": "https://…", "issuers": ["https://…"]}'
      value={text}
      error={readable ? problem : 'This is no JSON object, and will not be saved.'}
      onChange={(typed) => {
        setText(typed);
        const extra = parseExtra(typed);
        if (extra !== undefined) change({ extra });
      }}
    />
  );
}

/** As a picture a logo can run no script, whatever is in it. */
function logoAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
