import { parentPort, workerData } from 'node:worker_threads'
import type { DatabaseLogin, DatabaseType, LoginOutcome } from './database-login.ts'

type LogIn = (login: DatabaseLogin) => Promise<LoginOutcome>

// One thread loads one driver.
const LOG_IN: Readonly<Record<DatabaseType, () => Promise<LogIn>>> = {
  PostgreSQL: async () => (await import('./log-in-to-postgres.ts')).logInToPostgres,
  MySQL: async () => (await import('./log-in-to-mysql.ts')).logInToMysql,
}

// What a probe starts in a thread of its own (probe-database.ts).
const login: DatabaseLogin = workerData
const logIn = await LOG_IN[login.type]()
parentPort?.postMessage(await logIn(login))
