import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { AccessDecision } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { readAddressFields } from '../../parts/forms/address-fields.ts'
import { AddressForm } from '../../parts/forms/address-form.tsx'
import { NumberField, TextField } from '../../parts/forms/fields.tsx'
import { DecisionChain } from './decision-chain.tsx'
import { CHECK_DEFAULTS, type CheckFields, CODES, checkOf, describePlace, problemsOfCheck } from './question.ts'
import { PersonField, PlaceFields, StateField } from './question-fields.tsx'

/** May somebody do something somewhere, and why. */
export function CheckSection() {
  const [parameters] = useSearchParams()
  const fields = readAddressFields(parameters, CHECK_DEFAULTS)
  const question = checkOf(fields)
  const decision = useResource(
    ['decisions', 'check', question],
    async (client) => (question ? client.access.check(question) : null),
    { enabled: question !== undefined },
  )
  return (
    <Stack>
      <AddressForm
        label="Question"
        defaults={CHECK_DEFAULTS}
        submitLabel="Ask"
        codes={CODES}
        check={problemsOfCheck}
        error={decision.error}
        onAsk={() => question && void decision.refetch()}
      >
        <PersonField />
        <PlaceFields />
        <StateField />
        <TextField name="client" label="By way of the app" placeholder="Its id; any when empty" autoComplete="off" />
        <NumberField name="connector" label="By way of the connector" placeholder="Its id" min={1} hideControls />
      </AddressForm>
      {!question && <Text c="dimmed">Say who and where, and the answer stands here with its reasons.</Text>}
      {question && decision.isPending && <Skeleton height={240} />}
      {decision.data && !decision.error && <Answer fields={fields} decision={decision.data} />}
    </Stack>
  )
}

function Answer({ fields, decision }: { readonly fields: CheckFields; readonly decision: AccessDecision }) {
  const { allowed, chain, revision } = decision
  const act = fields.permission === 'READ_WRITE' ? 'read and write' : 'read'
  return (
    <Stack gap="sm" className="long-text">
      <Alert
        color={allowed ? 'green' : 'red'}
        role="status"
        title={`${allowed ? 'Yes' : 'No'}: ${fields.username} may ${allowed ? '' : 'not '}${act} ${describePlace(fields)}.`}
      >
        By revision {revision},{' '}
        {fields.state === 'pending' ? 'with all that waits to be enforced' : 'as it is enforced'}.
      </Alert>
      <Title order={2} size="h4">
        Why
      </Title>
      <DecisionChain chain={chain} />
    </Stack>
  )
}
