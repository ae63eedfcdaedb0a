import { parentPort, workerData } from 'node:worker_threads'
import { logInToPostgres, type PostgresLogin } from './log-in-to-postgres.ts'

// What a probe starts in a thread of its own (probe-postgres.ts).
const login: PostgresLogin = workerData
parentPort?.postMessage(await logInToPostgres(login))
