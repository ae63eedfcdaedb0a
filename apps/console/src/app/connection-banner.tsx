import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isAway } from '../parts/error-text.ts'

/** Says that the server is away while reads are being tried again; it goes when one of them succeeds. */
export function ConnectionBanner() {
  const queries = useQueryClient()
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const cache = queries.getQueryCache()
    return cache.subscribe(() => {
      const waiting = cache
        .getAll()
        .some(({ state }) => isAway(state.fetchFailureReason) && state.fetchStatus === 'fetching')
      setShown(waiting)
    })
  }, [queries])
  if (!isShown) return <div role="status" />
  return (
    <div role="status" className="connection-banner">
      <Alert color="orange" title="The server does not answer">
        Trying again every few seconds. What you see may be old; nothing you entered is lost.
      </Alert>
    </div>
  )
}
