import { NativeSelect } from '@mantine/core';
import { CodeArea, Section } from '../ui/Form';
import type { OptionsSectionProps } from './OptionsPage';

const NOBODY = 'nobody';
const EVERYONE = 'everyone';
const RULE = 'rule';

/** Where a rule begins when it is asked for, so that it never stands for everyone by being empty. */
const FIRST_RULE = 'verified = true';

export function RuleSection({ options, problems, edit }: OptionsSectionProps) {
  const { authRule, manageRule } = options;
  return (
    <Section title="Who may" about="Rules are those of records. A new sign-in rule ends the sign-ins made under the old one.">
      <NativeSelect
        label="Sign in"
        value={authRule === null ? NOBODY : authRule === '' ? EVERYONE : RULE}
        data={[
          { value: EVERYONE, label: 'Every account' },
          { value: RULE, label: 'Accounts that fit a rule' },
          { value: NOBODY, label: 'Nobody' },
        ]}
        onChange={({ currentTarget: { value } }) => edit({ authRule: value === NOBODY ? null : value === EVERYONE ? '' : FIRST_RULE })}
      />
      {authRule !== null && authRule !== '' && (
        <CodeArea
          label="Sign-in rule"
          rows={2}
          value={authRule}
          error={problems('authRule')}
          onChange={(rule) => edit({ authRule: rule })}
        />
      )}
      <NativeSelect
        label="Change password, address and verified flag of others"
        description="Without the old password and without a mail."
        value={manageRule === null ? NOBODY : RULE}
        data={[
          { value: NOBODY, label: 'Only superusers' },
          { value: RULE, label: 'Also those who fit a rule' },
        ]}
        onChange={({ currentTarget: { value } }) => edit({ manageRule: value === NOBODY ? null : "@request.auth.id != ''" })}
      />
      {manageRule !== null && (
        <CodeArea
          label="Management rule"
          rows={2}
          placeholder="@request.auth.role = 'admin'"
          value={manageRule}
          error={problems('manageRule')}
          onChange={(rule) => edit({ manageRule: rule })}
        />
      )}
    </Section>
  );
}
