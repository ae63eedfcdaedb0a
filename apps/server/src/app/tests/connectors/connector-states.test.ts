import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, type ConnectorScene, startConnectorScene } from '../../testing/connector-scene.ts'

const ACTS = ['Enabled', 'Disabled', 'Wipe', 'DELETE'] as const
/** The states of the specification by row, the acts by column: the state after it, or 409. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  Pending: ['409', '409', '409', 'gone'],
  Enabled: ['409', 'Disabled', 'Wipe', '409'],
  Disabled: ['Enabled', 'Disabled', 'Wipe', 'gone'],
  Wipe: ['409', '409', '409', '409'],
  Wiped: ['409', '409', '409', 'gone'],
}
/** What nobody can ask for. */
const NO_ACTS = ['Pending', 'Wiped', 'enabled', ''] as const

interface Case {
  readonly who: string
  readonly caller: (scene: ConnectorScene) => Caller
  /** The organisation of the connector. */
  readonly of: 1 | 2 | 3
  /** The same for every cell; the table itself when absent. */
  readonly always?: string
  /** For a state that nobody can ask for. */
  readonly badState: string
}

const BAD_STATE = '400 connector.bad_state'
const CASES: readonly Case[] = [
  { who: 'an admin, in their own organisation', caller: ({ callers }) => callers.ann, of: 1, badState: BAD_STATE },
  { who: 'a superadmin, in their own organisation', caller: ({ callers }) => callers.root, of: 1, badState: BAD_STATE },
  { who: 'a superadmin, in another organisation', caller: ({ callers }) => callers.root, of: 2, badState: BAD_STATE },
  {
    who: 'an admin, in another organisation',
    caller: ({ callers }) => callers.ann,
    of: 2,
    always: '403 organisation.other',
    badState: BAD_STATE,
  },
  {
    who: 'an admin, in another organisation that is disabled',
    caller: ({ callers }) => callers.ann,
    of: 3,
    always: '403 organisation.other',
    badState: BAD_STATE,
  },
  {
    who: 'a superadmin, in a disabled organisation',
    caller: ({ callers }) => callers.root,
    of: 3,
    always: '409 organisation.target_disabled',
    badState: BAD_STATE,
  },
  {
    who: 'an admin without the flag',
    caller: ({ callers }) => callers.viewer,
    of: 1,
    always: '403 access.flag_missing',
    badState: '403 access.flag_missing',
  },
  {
    who: 'a superadmin without the flag',
    caller: ({ callers }) => callers.flagless,
    of: 2,
    always: '403 access.flag_missing',
    badState: '403 access.flag_missing',
  },
  {
    who: 'a user who is no admin, flag or no flag',
    caller: ({ callers }) => callers.flagged,
    of: 1,
    always: '403 access.flag_missing',
    badState: '403 access.flag_missing',
  },
  {
    who: 'an admin of a disabled organisation, in it',
    caller: ({ callers }) => callers.shut,
    of: 3,
    always: '403 organisation.disabled',
    badState: '403 organisation.disabled',
  },
  {
    who: 'nobody',
    caller: ({ callers }) => callers.anonymous,
    of: 1,
    always: '401 sign_in.required',
    badState: '401 sign_in.required',
  },
]

function request(scene: ConnectorScene, caller: Caller, { id, act }: { id: number | string; act: string }) {
  const path = `/v1/admin/connectors/${id}/`
  return act === 'DELETE'
    ? scene.call(caller, `DELETE ${path}`)
    : scene.call(caller, `PUT ${path}`, { connector_state: act })
}

interface Cell {
  readonly state: string
  readonly act: string
  readonly outcome: string
  /** The state after it. */
  readonly after: string
}

/** Every state and act as they should go, for those of whom `always` says otherwise and for all others. */
function cellsOf({ always, badState }: Case): readonly Cell[] {
  const cell = (state: string, act: string, next: string): Cell => {
    if (always) return { state, act, outcome: always, after: state }
    if (next === '409') return { state, act, outcome: '409 connector.wrong_state', after: state }
    return { state, act, outcome: '200', after: next }
  }
  return Object.entries(TABLE).flatMap(([state, row]) => [
    ...ACTS.map((act, column) => cell(state, act, row[column] ?? '')),
    ...NO_ACTS.map((act) => ({ state, act, outcome: badState, after: state })),
  ])
}

for (const each of CASES) {
  test(`each state and act, for ${each.who}`, async () => {
    await using scene = await startConnectorScene()
    const user = scene.users[each.of - 1] ?? ''
    for (const { state, act, outcome, after } of cellsOf(each)) {
      const id = await scene.addConnector({ user, state })
      assert.equal((await request(scene, each.caller(scene), { id, act })).outcome, outcome, `${state}, ${act}`)
      assert.equal((await scene.stateOf(id)) ?? 'gone', after, `${state}, ${act}`)
      assert.equal((await scene.auditOf(id)).length, after === state ? 0 : 1, `${state}, ${act}`)
    }
  })
}

test('what names no connector is not found, whatever it is', async () => {
  await using scene = await startConnectorScene()
  const { root } = scene.callers
  for (const id of ['999', 'abc', '0', '-1', '1.0', '1e3', '99999999999', '%20', 'null']) {
    for (const act of ACTS) {
      assert.equal((await request(scene, root, { id, act })).outcome, '404 connector.not_found', `${id}, ${act}`)
    }
    assert.equal((await scene.call(root, `GET /v1/admin/connectors/${id}/`)).outcome, '404 connector.not_found', id)
  }
})

test('reads what is sent as the documents have it', async () => {
  await using scene = await startConnectorScene()
  const { ann } = scene.callers
  const id = await scene.addConnector({ user: scene.users[0] })
  const put = `PUT /v1/admin/connectors/${id}`
  for (const body of [{}, { connector_state: 1 }, { connector_state: null }, { state: 'Wipe' }, []]) {
    assert.equal((await scene.call(ann, put, body)).outcome, '400 request.invalid', JSON.stringify(body))
  }
  const changed = await scene.call(ann, put, { connector_state: 'Disabled' })
  assert.deepEqual([changed.status, changed.body], [200, {}])
})

test('says who changed what, and whose it was', async () => {
  await using scene = await startConnectorScene()
  const { root } = scene.callers
  const id = await scene.addConnector({ user: scene.users[1] })
  await request(scene, root, { id, act: 'Disabled' })
  await request(scene, root, { id, act: 'DELETE' })
  const about = { user: scene.users[1], device: 'phone' }
  assert.deepEqual(await scene.auditOf(id), [
    {
      action: 'connector.change',
      actor_name: 'admin',
      organisation_id: 2,
      details: { ...about, before: 'Enabled', after: 'Disabled' },
    },
    { action: 'connector.delete', actor_name: 'admin', organisation_id: 2, details: { ...about, before: 'Disabled' } },
  ])
})
