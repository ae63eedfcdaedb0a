import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from './metrics.ts'

test('counts requests by route and status beside the process’s own figures, apart for each server', async () => {
  const [metrics, other] = [createMetrics(), createMetrics()]
  metrics.observeRequest({ route: 'listTeams', status: 200, durationS: 0.004 })
  const text = await metrics.registry.metrics()
  assert.match(text, /portreeve_http_request_duration_seconds_count\{route="listTeams",status="200"\} 1/)
  assert.match(text, /^process_resident_memory_bytes /m)
  assert.doesNotMatch(await other.registry.metrics(), /listTeams/)
})
