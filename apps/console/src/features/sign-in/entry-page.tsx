import { Container, Paper, Stack, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

/** The frame of pages for who is not signed in. */
export function EntryPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Portreeve`
  }, [title])
  return (
    <Container component="main" size={440} py="xl">
      <Paper withBorder p="lg">
        <Stack>
          <Title order={1} size="h2">
            {title}
          </Title>
          {children}
        </Stack>
      </Paper>
    </Container>
  )
}
