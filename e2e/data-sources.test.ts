import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiClient } from '../apps/server/src/app/testing/api-client.ts'
import { join, makeResource, makeRule, makeTeam } from '../apps/server/src/app/testing/model-steps.ts'
import { startScratchServer } from '../tools/scratch-server.ts'

const SECRET = 'hunter2-of-the-ledger'

interface Told {
  readonly status: number
  readonly body: Record<string, Record<string, unknown> & { readonly id: number }>
}

type Send = (operation: string, body?: object) => Promise<Told>

function sender(url: string, headers: Readonly<Record<string, string>>): Send {
  return async (operation, body) => {
    const [method = '', path = ''] = operation.split(' ')
    const init = { method, headers: { ...headers, 'content-type': 'application/json' } }
    const answer = await fetch(`${url}${path}`, body ? { ...init, body: JSON.stringify(body) } : init)
    return { status: answer.status, body: (await answer.json()) as Told['body'] }
  }
}

/** With a session of their own. */
async function signIn(url: string, email: string, password: string): Promise<Send> {
  const answer = await fetch(`${url}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  assert.equal(answer.status, 200, await answer.text())
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  return sender(url, { cookie, origin: url })
}

async function made(send: Send, collection: string, body: object): Promise<number> {
  const { status, body: answer } = await send(`POST /v1/${collection}`, body)
  assert.equal(status, 200, JSON.stringify(answer))
  return Object.values(answer)[0]?.id ?? 0
}

test('who gets the secret of a data source is what the rules of teams say', async () => {
  await using server = await startScratchServer()
  const root = new ApiClient(server)
  const admin = sender(server.url, { authorization: `Bearer ${server.token}` })
  const password = 'correct horse battery staple'
  const user = { username: 'ann', email: 'ann@example.org', password }
  const ann = (await root.change('POST /api/users', { user })).entityId
  const credential = await made(admin, 'logincredentials', { name: 'ledger', username: 'reader', password: SECRET })
  const source = { name: 'ledger', databaseType: 'PostgreSQL', host: 'db.example.org', loginCredentials: [credential] }
  const ledger = await made(admin, 'datasources', source)
  const asAnn = await signIn(server.url, user.email, password)
  const checkout = () =>
    asAnn(`POST /v1/logincredentials/${credential}/checkout`, { dataSource: ledger, reason: 'audit' })
  assert.equal((await checkout()).status, 403)

  const team = await makeTeam(root, 'accounting')
  await join(root, team, [ann])
  const resource = await makeResource(root, { team, repository: `datasource:${ledger}` })
  const rule = await makeRule(root, {
    team,
    name: 'auditors',
    members: [ann],
    permissions: [{ resource, type: 'READ' }],
  })
  const allowed = await checkout()
  assert.equal(allowed.status, 200)
  assert.ok(JSON.stringify(allowed.body).includes(SECRET))
  assert.equal((await admin(`DELETE /v1/datasources/${ledger}`)).status, 409)

  await root.change(`DELETE /api/teams/${team}/rules/${rule}`)
  assert.equal((await checkout()).status, 403)
  await root.change(`POST /api/teams/${team}/resources/delete`, { ids: { ids: [resource] } })
  assert.equal((await admin(`DELETE /v1/datasources/${ledger}`)).status, 200)
  assert.equal((await checkout()).status, 404)
})
