import {
  Checkbox,
  type CheckboxProps,
  NumberInput,
  type NumberInputProps,
  PasswordInput,
  type PasswordInputProps,
  Select,
  type SelectProps,
  Stack,
  Textarea,
  TextInput,
  type TextInputProps,
} from '@mantine/core'
import { useField } from './form.tsx'

/** Inputs of a `Form`, each bound to the field of its `name`. All else is as the component library has it. */
type Bound<Props> = Omit<Props, 'value' | 'error' | 'onChange' | 'name' | 'checked'> & { readonly name: string }

export function TextField({ name, ...props }: Bound<TextInputProps>) {
  const { value, error, set } = useField<string>(name)
  return (
    <TextInput
      {...props}
      name={name}
      value={value}
      error={error}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

export function TextAreaField({ name, label, description }: Bound<Pick<TextInputProps, 'label' | 'description'>>) {
  const { value, error, set } = useField<string>(name)
  return (
    <Textarea
      {...{ name, label, description, value, error }}
      autosize
      minRows={2}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

export function PasswordField({ name, ...props }: Bound<PasswordInputProps>) {
  const { value, error, set } = useField<string>(name)
  return (
    <PasswordInput
      {...props}
      name={name}
      value={value}
      error={error}
      // Which it says of every other input by itself.
      aria-invalid={error !== undefined}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

/** A whole number, as text while it is typed. */
export function NumberField({ name, ...props }: Bound<NumberInputProps>) {
  const { value, error, set } = useField<string>(name)
  return (
    <NumberInput
      {...props}
      allowDecimal={false}
      name={name}
      value={value}
      error={error}
      onChange={(next) => set(String(next))}
    />
  )
}

export function SelectField({ name, ...props }: Bound<SelectProps<string>>) {
  const { value, error, set } = useField<string>(name)
  return (
    <Select
      {...props}
      name={name}
      value={value === '' ? null : value}
      error={error}
      onChange={(next) => set(next ?? '')}
    />
  )
}

export function CheckboxField({ name, ...props }: Bound<CheckboxProps>) {
  const { value, error, set } = useField<boolean>(name)
  return (
    <Checkbox
      {...props}
      name={name}
      checked={value}
      error={error}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  )
}

export interface ChecklistFieldProps {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[]
}

/** Any number of a few. */
export function ChecklistField({ name, label, description, options }: ChecklistFieldProps) {
  const { value, error, set } = useField<readonly string[]>(name)
  return (
    <Checkbox.Group {...{ label, description, error }} value={[...value]} onChange={set}>
      <Stack gap="xs" mt="xs">
        {options.map((option) => (
          <Checkbox key={option.value} {...option} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
