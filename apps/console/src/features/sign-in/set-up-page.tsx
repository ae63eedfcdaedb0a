import { Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { createClient } from '../../parts/client.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { problemsOf } from '../../parts/error-text.ts'
import { EntryPage } from './entry-page.tsx'
import { setUpCodeOf } from './set-up-code.ts'

const FIELDS = {
  'setup.not_valid': 'code',
  'sign_in.bad_email': 'email',
  'sign_in.email_taken': 'email',
  'sign_in.bad_password': 'password',
}

/** Makes the first superadmin, for whoever has the link that the server printed when it was started. */
export function SetUpPage() {
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => createClient().session.needsSetup() })
  if (setup.data === false) {
    return (
      <EntryPage title="Portreeve is set up">
        <Text>There is a superadmin already.</Text>
        <Button component={Link} to="/sign-in">
          Go to the sign-in
        </Button>
      </EntryPage>
    )
  }
  return (
    <EntryPage title="Set up Portreeve">
      <Text size="sm">
        Make the first superadmin, who may do everything; the username will be <strong>admin</strong>. It takes the code
        of the link that the server wrote to its output when it started: <Code>…/setup?code=…</Code>
      </Text>
      <ErrorNotice error={setup.error} />
      <SetUpForm />
    </EntryPage>
  )
}

function SetUpForm() {
  const [parameters] = useSearchParams()
  const [values, setValues] = useState({ code: parameters.get('code') ?? '', email: '', password: '' })
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { byField, rest } = problemsOf(error, Object.keys(values), FIELDS)
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { session } = createClient()
      const { code, ...credentials } = values
      await session.setUp({ ...credentials, code: setUpCodeOf(code) })
      await session.begin(credentials)
      queries.clear()
      await navigate('/', { replace: true })
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const bind = (name: keyof typeof values) => ({
    name,
    required: true,
    withAsterisk: false,
    value: values[name],
    error: byField[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <TextInput label="Set-up code, or the whole link" autoComplete="off" autoFocus {...bind('code')} />
        <TextInput label="Email address" type="email" autoComplete="email" {...bind('email')} />
        <PasswordInput
          label="Password"
          description="At least 8 characters"
          autoComplete="new-password"
          {...bind('password')}
        />
        {rest !== undefined && <ErrorNotice error={error} />}
        <Button type="submit" loading={isBusy}>
          Make the superadmin
        </Button>
      </Stack>
    </form>
  )
}
