import { Switch } from '@mantine/core';
import { SUPERUSERS } from '../api/client';
import { CodeArea, NumberField, Section, Toggle } from '../ui/Form';
import { durationText, identityCandidates } from './authOptions';
import type { OptionsSectionProps } from './OptionsPage';
import classes from '../ui/Form.module.css';

export function PasswordSection({ collection, options, problems, edit }: OptionsSectionProps) {
  const { passwordAuth } = options;
  const forced = collection.name === SUPERUSERS;
  const candidates = [...new Set([...identityCandidates(collection), ...passwordAuth.identityFields])];
  const problem = problems('passwordAuth.identityFields');

  function choose(name: string, chosen: boolean) {
    const identityFields = candidates.filter((candidate) => (candidate === name ? chosen : passwordAuth.identityFields.includes(candidate)));
    edit({ passwordAuth: { ...passwordAuth, identityFields } });
  }

  return (
    <Section title="Password" about="An account is named by one of the fields, and shown to be one's own by its password.">
      <Toggle
        label="Sign in with a password"
        checked={passwordAuth.enabled}
        disabled={forced}
        error={problems('passwordAuth.enabled')}
        {...(forced ? { description: 'Always on for superusers.' } : {})}
        onChange={(enabled) => edit({ passwordAuth: { ...passwordAuth, enabled } })}
      />
      {passwordAuth.enabled && (
        <fieldset className={classes.group}>
          <legend className={classes.legend}>Fields that name an account</legend>
          <div className={classes.choices}>
            {candidates.map((name) => (
              <Switch
                key={name}
                size="xs"
                label={name}
                withThumbIndicator={false}
                checked={passwordAuth.identityFields.includes(name)}
                aria-invalid={problem === undefined ? undefined : true}
                onChange={(event) => choose(name, event.currentTarget.checked)}
              />
            ))}
          </div>
          {problem === undefined ? (
            <p className={classes.about}>A field can be chosen once it has a unique index of its own.</p>
          ) : (
            <p className={classes.problem}>{problem}</p>
          )}
        </fieldset>
      )}
    </Section>
  );
}

export function CodeSection({ options, problems, edit }: OptionsSectionProps) {
  const { otp } = options;
  const change = (part: Partial<typeof otp>) => edit({ otp: { ...otp, ...part } });
  return (
    <Section title="One-time code" about="A code of digits by mail, which works once.">
      <Toggle label="Sign in with a one-time code" checked={otp.enabled} error={problems('otp.enabled')} onChange={(enabled) => change({ enabled })} />
      {otp.enabled && (
        <div className={classes.pair}>
          <NumberField label="Digits" description="8 or more are hard to guess" min={4} max={32} value={otp.length} error={problems('otp.length')} onChange={(length) => change({ length })} />
          <NumberField
            label="Valid for, in seconds"
            description={durationText(otp.duration)}
            min={10}
            max={86_400}
            value={otp.duration}
            error={problems('otp.duration')}
            onChange={(duration) => change({ duration })}
          />
        </div>
      )}
    </Section>
  );
}

export function SecondFactorSection({ options, problems, edit }: OptionsSectionProps) {
  const { mfa } = options;
  const change = (part: Partial<typeof mfa>) => edit({ mfa: { ...mfa, ...part } });
  return (
    <Section title="Second factor" about="One way to sign in is not enough: a second, different one has to follow. Needs two that are turned on.">
      <Toggle label="Ask for a second factor" checked={mfa.enabled} error={problems('mfa.enabled')} onChange={(enabled) => change({ enabled })} />
      {mfa.enabled && (
        <>
          <NumberField
            label="Time for the second one, in seconds"
            description={durationText(mfa.duration)}
            min={10}
            max={86_400}
            value={mfa.duration}
            error={problems('mfa.duration')}
            onChange={(duration) => change({ duration })}
          />
          <CodeArea
            label="Only for accounts that fit this rule"
            description="Empty asks everyone."
            placeholder="role = 'admin'"
            rows={2}
            value={mfa.rule}
            error={problems('mfa.rule')}
            onChange={(rule) => change({ rule })}
          />
        </>
      )}
    </Section>
  );
}
