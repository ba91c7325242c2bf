import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../ui/Icon';
import { session } from './services';
import classes from './AccountMenu.module.css';

const SCHEMES = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'auto', label: 'As the system', icon: 'system' },
] as const;

export function AccountMenu({ email }: { readonly email: string }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="top-start" width="target" shadow="md">
      <Menu.Target>
        <button className={classes.account} aria-label={`Account of ${email}`}>
          <span className={classes.initial} aria-hidden>
            {email.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.text}>
            <span className={classes.email}>{email}</span>
            <span className={classes.role}>Superuser</span>
          </span>
          <Icon name="chevronDown" size={15} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {SCHEMES.map(({ value, label, icon }) => (
            <Menu.RadioItem key={value} value={value} rightSection={<Icon name={icon} size={16} />}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={() => session.end()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
