import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { NewPassword } from '../api/types';

/** A password as everywhere here: with a button that shows it. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      size="md"
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
      // Mantine marks every other input by itself, but not the one inside of this.
      aria-invalid={props.error ? true : undefined}
      {...props}
    />
  );
}

export const MISMATCH = 'The two passwords differ.';

interface NewPasswordFieldsProps {
  readonly label: string;
  readonly passwordError: string | undefined;
  readonly confirmError: string | undefined;
}

/** A new password, twice; `readNewPassword` reads them from the form that they stand in. */
export function NewPasswordFields({ label, passwordError, confirmError }: NewPasswordFieldsProps) {
  return (
    <>
      <PasswordField label={label} name="password" autoComplete="new-password" error={passwordError} />
      <PasswordField label="Once more" name="passwordConfirm" autoComplete="new-password" error={confirmError} />
    </>
  );
}

export function readNewPassword(form: FormData): NewPassword {
  return { password: String(form.get('password')), passwordConfirm: String(form.get('passwordConfirm')) };
}
