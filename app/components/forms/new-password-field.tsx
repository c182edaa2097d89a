import { PASSWORD_LENGTH } from "#app/auth/password-length.ts";
import { Field } from "#app/components/forms/field.tsx";

interface NewPasswordFieldProps {
  label: string;
  name: string;
  error: string | undefined;
}

export function NewPasswordField(props: NewPasswordFieldProps) {
  const { minimum } = PASSWORD_LENGTH;
  return (
    <Field {...props} type="password" autoComplete="new-password" required minLength={minimum} hint={`At least ${minimum} characters`} />
  );
}
