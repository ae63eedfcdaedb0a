import { randomUUID } from 'node:crypto'
import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import type { AuditEntry } from '../../features/audit/index.ts'
import { systemClock } from '../../kernel/clock.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { testDatabase } from '../../platform/database/test-database.ts'
import { createHttpServer } from '../../platform/http/create-http-server.ts'
import { uuidSource } from '../../platform/id-source.ts'
import { makeSealingKey, SealedSecrets } from '../../platform/security/sealed-secret.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import { createLogger } from '../../platform/telemetry/logger.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { wireAudit } from '../wiring/wire-audit.ts'
import { wireDirectories } from '../wiring/wire-directories.ts'
import { wireSettings } from '../wiring/wire-settings.ts'
import { wireSignIn } from '../wiring/wire-sign-in.ts'
import { ApiClient } from './api-client.ts'

/** The audit over HTTP, on a database of its own with the organisations 1 and 2. */
export interface AuditScene extends AsyncDisposable {
  readonly database: Database
  readonly url: string
  /** May see all of it. */
  readonly root: ApiClient
  readonly anonymous: ApiClient
  /** Someone new, and their token. */
  signIn(caller: NewCaller): Promise<ApiClient & { readonly token: string }>
  record(...entries: readonly Partial<AuditEntry>[]): Promise<void>
  seal(): Promise<number>
  /** What was written as anchors. */
  readonly anchors: readonly string[]
  /** Seals and anchors by itself until disposed. */
  start(): AsyncDisposable
}

interface NewCaller {
  readonly role: Principal['role']
  readonly flags?: readonly PermissionFlag[]
  readonly organisation?: number
}

const ADD_ORGANISATION = statement('test.add-audited', `insert into organisation (name) values ('other')`)
const ADD_USER = statement(
  'test.add-auditor',
  'insert into app_user (id, organisation_id, username, role, flags) values ($1, $2, $3, $4, $5)',
)
const ADD_TOKEN = statement(
  'test.add-auditor-token',
  `insert into access_token (id, user_id, name, token_hash, created_at) values ($1, $2, 'test', $3, now())`,
)

export const ANN = '0190a6f0-0000-7000-8000-000000000001'

const ENTRY: AuditEntry = {
  organisation: 1,
  at: new Date('2026-01-01T00:00:00Z'),
  actor: { id: ANN, name: 'ann', via: 'token' },
  action: 'team.create',
  object: { type: 'team', id: 't1' },
}

export async function startAuditScene(): Promise<AuditScene> {
  await using starting = new AsyncDisposableStack()
  const { db: database } = starting.use(await testDatabase())
  await database.query(ADD_ORGANISATION)
  const base = { database, clock: systemClock, ids: uuidSource }
  const logger = createLogger({ level: 'silent' })
  const anchors: string[] = []
  const audit = wireAudit({
    ...base,
    logger,
    anchors: { sink: async (line) => void anchors.push(line), everyMs: 60_000 },
  })
  const requestPublication = () => undefined
  const directories = wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) })
  const signIn = wireSignIn({ ...base, baseUrl: 'http://127.0.0.1', requestPublication, directories })
  const server = starting.use(
    await createHttpServer({
      routes: [...signIn.routes, ...wireSettings({ ...base, requestPublication }).routes, ...audit.routes],
      authenticate: signIn.authenticate,
      logger,
      metrics: createMetrics(),
      readiness: [],
      baseUrl: 'http://127.0.0.1',
      version: '0.0.0',
    }),
  )
  const url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  const newCaller: AuditScene['signIn'] = async ({ role, flags = [], organisation = 1 }) => {
    const userId = randomUUID()
    const token = secretToken.next('ptr_')
    await database.query(ADD_USER, [userId, organisation, `caller ${userId}`, role, flags])
    await database.query(ADD_TOKEN, [randomUUID(), userId, secretToken.digest(token)])
    return Object.assign(new ApiClient({ url, token, userId }), { token })
  }
  const flags = ['allow_view_audit', 'allow_modify_settings'] as const
  const root = await newCaller({ role: 'superadmin', flags })
  const running = starting.move()
  return {
    database,
    url,
    root,
    anonymous: new ApiClient({ url }),
    signIn: newCaller,
    record: (...entries) => sqlAuditStore(database).recordAll(entries.map((entry) => ({ ...ENTRY, ...entry }))),
    seal: audit.seal,
    anchors,
    start: audit.start,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
