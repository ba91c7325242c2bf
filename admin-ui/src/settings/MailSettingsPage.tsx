import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys, settingsQuery } from '../api/queries';
import type { Settings, SettingsChanges } from '../api/types';
import { api } from '../app/services';
import { Failure } from '../ui/Failure';
import { FormPage, NumberField, Section, TextField, Toggle } from '../ui/Form';
import { PasswordField } from '../ui/PasswordFields';
import { useDraft } from '../ui/useDraft';
import { problemsOf } from '../ui/problems';
import { TestMail } from './TestMail';
import { mailSettings, overruled, settingsChanges } from './mailSettings';
import classes from '../ui/Form.module.css';

/** Who sends the mails, and by which server. */
export default function MailSettingsPage() {
  const { data: settings, error, refetch } = useQuery(settingsQuery(api));
  if (settings === undefined) return error === null ? null : <Failure error={error} onRetry={() => void refetch()} />;
  return <MailSettings settings={settings} />;
}

function MailSettings({ settings }: { readonly settings: Settings }) {
  const client = useQueryClient();
  const saved = mailSettings(settings);
  const { value: draft, edit, reset } = useDraft(saved);
  const changes = settingsChanges(saved, draft);
  const save = useMutation({
    mutationFn: (asked: SettingsChanges) => api.updateSettings(asked),
    onSuccess: (changed) => {
      reset(mailSettings(changed));
      client.setQueryData(keys.settings, changed);
    },
  });
  const problems = problemsOf(save.error);
  const { meta, smtp } = draft;
  const changeMeta = (part: Partial<Settings['meta']>) => edit({ meta: { ...meta, ...part } });
  const changeSmtp = (part: Partial<Settings['smtp']>) => edit({ smtp: { ...smtp, ...part } });
  const fixed = save.data === undefined ? [] : overruled(save.variables, save.data);
  const dirty = Object.keys(changes).length > 0;

  function changePassword(password: string) {
    const { password: _, ...rest } = smtp;
    edit({ smtp: password === '' ? rest : { ...rest, password } });
  }

  return (
    <FormPage
      icon="email"
      title="Mail settings"
      dirty={dirty}
      saving={save.isPending}
      saved={save.isSuccess}
      savedNote={fixed.length === 0 ? undefined : `Saved, but the server's configuration decides on ${fixed.join(', ')}.`}
      error={save.error}
      inPlace={(path) => path.startsWith('meta.') || path.startsWith('smtp.')}
      onSave={() => save.mutate(changes)}
      onDiscard={() => {
        reset(saved);
        save.reset();
      }}
    >
      <Section title="Application" about="Mails name it, and their links begin with its address. It must be the one that people reach this server by.">
        <TextField label="Application name" value={meta.appName} error={problems('meta.appName')} onChange={(appName) => changeMeta({ appName })} />
        <TextField label="Public address" type="url" placeholder="https://" value={meta.appURL} error={problems('meta.appURL')} onChange={(appURL) => changeMeta({ appURL })} />
      </Section>
      <Section title="Sender">
        <div className={classes.pair}>
          <TextField label="Sender name" value={meta.senderName} error={problems('meta.senderName')} onChange={(senderName) => changeMeta({ senderName })} />
          <TextField
            label="Sender address"
            type="email"
            autoComplete="off"
            value={meta.senderAddress}
            error={problems('meta.senderAddress')}
            onChange={(senderAddress) => changeMeta({ senderAddress })}
          />
        </div>
      </Section>
      <Section
        title="Mail server"
        about={
          <>
            Without one nothing is sent: mails are files in <code>mails</code> of the data folder.
          </>
        }
      >
        <Toggle label="Send over SMTP" checked={smtp.enabled} error={problems('smtp.enabled')} onChange={(enabled) => changeSmtp({ enabled })} />
        {smtp.enabled && (
          <>
            <div className={classes.pair}>
              <TextField label="Host" placeholder="smtp.example.com" value={smtp.host} error={problems('smtp.host')} onChange={(host) => changeSmtp({ host })} />
              <NumberField label="Port" min={1} max={65_535} value={smtp.port} error={problems('smtp.port')} onChange={(port) => changeSmtp({ port })} />
            </div>
            <div className={classes.pair}>
              <TextField
                label="User name"
                autoComplete="off"
                value={smtp.username}
                error={problems('smtp.username')}
                onChange={(username) => changeSmtp({ username })}
              />
              <PasswordField
                label="Password"
                size="sm"
                required={false}
                autoComplete="new-password"
                placeholder="Kept as it is"
                value={smtp.password ?? ''}
                error={problems('smtp.password')}
                onChange={(event) => changePassword(event.currentTarget.value)}
              />
            </div>
            <div className={classes.pair}>
              <NativeSelect
                label="Encryption"
                value={String(smtp.tls)}
                error={problems('smtp.tls')}
                data={[
                  { value: 'false', label: 'STARTTLS, when offered' },
                  { value: 'true', label: 'TLS from the start' },
                ]}
                onChange={(event) => changeSmtp({ tls: event.currentTarget.value === 'true' })}
              />
              <NativeSelect
                label="Authentication"
                value={smtp.authMethod}
                error={problems('smtp.authMethod')}
                data={[
                  { value: '', label: 'What the server offers' },
                  { value: 'PLAIN', label: 'PLAIN' },
                  { value: 'LOGIN', label: 'LOGIN' },
                ]}
                onChange={(event) => changeSmtp({ authMethod: event.currentTarget.value })}
              />
            </div>
            <TextField
              label="Name of this machine"
              description="Said to the mail server in its greeting; some want a real domain."
              placeholder="localhost"
              value={smtp.localName}
              error={problems('smtp.localName')}
              onChange={(localName) => changeSmtp({ localName })}
            />
          </>
        )}
      </Section>
      <Section title="Test" about="Sends one of the mails with made-up values, by the settings that are saved.">
        <TestMail dirty={dirty} leaves={saved.smtp.enabled} />
      </Section>
    </FormPage>
  );
}
