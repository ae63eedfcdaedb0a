import { Alert, Stack, Text } from '@mantine/core'
import { CopyableId } from '../../parts/copyable-id.tsx'

/** A secret, this once. */
export function ShownSecret({ name, secret }: { readonly name: string; readonly secret: string }) {
  return (
    <Alert color="green" title={`Copy the secret of ${name} now: it is not shown again`}>
      <Stack gap="xs">
        <CopyableId value={secret} what={`the secret of ${name}`} />
        <Text size="sm">Give it to the application, and keep it nowhere else.</Text>
      </Stack>
    </Alert>
  )
}
