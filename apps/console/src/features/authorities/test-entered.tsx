import { Button, Group, Stack } from '@mantine/core'
import type { TestConnectionResult } from '@portreeve/client'
import { use } from 'react'
import { useChange } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { FormContext } from '../../parts/forms/form.tsx'
import { type AuthorityForm, isTestable, toBody } from './authority-form.ts'
import { FoundUsers } from './found-users.tsx'

/** In a form of an LDAP authority: tries it as it stands there, and stores nothing. */
export function TestEntered() {
  const form = use(FormContext)?.values as AuthorityForm
  const test = useChange<AuthorityForm, TestConnectionResult>({
    // A test takes a name, as storing does; which one does not matter to the directory.
    act: (client, entered) => client.ldapAuthorities.testUnstored(toBody({ ...entered, name: entered.name || 'test' })),
    outdates: [],
  })
  return (
    <Stack gap="sm">
      <Group>
        <Button
          variant="default"
          disabled={!isTestable(form)}
          loading={test.isPending}
          onClick={() => test.mutate(form)}
        >
          Test what is entered
        </Button>
      </Group>
      <ErrorNotice error={test.error} />
      {test.data && <FoundUsers result={test.data} />}
    </Stack>
  )
}
