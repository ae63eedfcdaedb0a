/** A real OpenLDAP server (Debian's `slapd`) with entries of one's own, on a port and directory of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findFreePort } from '../ports/free-port.ts'
import { takesConnections } from '../ports/takes-connections.ts'
import {
  BASE,
  ldifOfFrame,
  ldifOfGroup,
  ldifOfPerson,
  numberedPeople,
  READER,
  type ScratchGroup,
  type ScratchPerson,
} from './scratch-ldif.ts'

export interface ScratchSlapdOptions {
  /** So many `user00001` …, or these. */
  readonly people?: number | readonly ScratchPerson[]
  readonly groups?: readonly ScratchGroup[]
  /** More entries, as LDIF. */
  readonly ldif?: string
  /** Entries a search answers, the sum of its pages; no limit unless told. OpenLDAP's own default is 500. */
  readonly sizeLimit?: number
  /** Serve `ldaps://` and StartTLS, too, with a certificate that nobody has signed but itself. */
  readonly tls?: boolean
}

export interface ScratchSlapd extends AsyncDisposable {
  /** `ldap://127.0.0.1:<port>`. */
  readonly url: string
  /** `ldaps://127.0.0.1:<port>`; empty without TLS. */
  readonly tlsUrl: string
  /** In PEM form; empty without TLS. */
  readonly caCertificate: string
  /** Ends it without a goodbye, as a crash does. */
  kill(): Promise<void>
  /** Stops it where it is, connections and all: it answers nothing any more. */
  freeze(): Promise<void>
}

const START_TIMEOUT_MS = 10_000
const POLL_MS = 10
const run = promisify(execFile)

/** Loads the entries, starts slapd and waits until it takes connections. */
export async function startScratchSlapd(options: ScratchSlapdOptions = {}): Promise<ScratchSlapd> {
  await using starting = new AsyncDisposableStack()
  const { path: directory } = starting.use(await mkdtempDisposable(join(tmpdir(), 'portreeve-slapd-')))
  // A copy, since Debian's AppArmor profile of /usr/sbin/slapd lets it read no directories but its own.
  const program = join(directory, 'slapd')
  await copyFile('/usr/sbin/slapd', program)
  const caCertificate = options.tls ? await makeCertificate(directory) : ''
  const configuration = await configure(directory, options)
  const ldif = join(directory, 'entries.ldif')
  await writeFile(ldif, ldifOf(options))
  await run(program, ['-Tadd', '-q', '-f', configuration, '-l', ldif])
  const [port, tlsPort] = [await findFreePort(), await findFreePort()]
  const url = `ldap://127.0.0.1:${port}`
  const tlsUrl = options.tls ? `ldaps://127.0.0.1:${tlsPort}` : ''
  // With -d it stays in the foreground.
  const child = spawn(program, ['-d', '0', '-f', configuration, '-h', `${url} ${tlsUrl}`], { stdio: 'ignore' })
  const kill = killerOf(child)
  starting.defer(kill)
  await untilReady(child, port)
  const running = starting.move()
  return {
    url,
    tlsUrl,
    caCertificate,
    kill,
    freeze: () => freeze(child),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function killerOf(child: ChildProcess): () => Promise<void> {
  const ended = once(child, 'exit')
  return async () => {
    child.kill('SIGKILL')
    await ended
  }
}

async function freeze(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP')
  // proc(5): the state comes after the name in brackets; T is stopped.
  while (!/\) T /.test(await readFile(`/proc/${child.pid}/stat`, 'utf8'))) await delay(1)
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; !(await takesConnections(port)); await delay(POLL_MS)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('slapd does not take connections.')
  }
}

function ldifOf({ people = [], groups = [], ldif = '' }: ScratchSlapdOptions): string {
  const persons = typeof people === 'number' ? numberedPeople(people) : people
  return [ldifOfFrame(), ...persons.map(ldifOfPerson), ...groups.map(ldifOfGroup), ldif].join('')
}

async function configure(directory: string, { sizeLimit, tls = false }: ScratchSlapdOptions): Promise<string> {
  const data = join(directory, 'data')
  await mkdir(data)
  const configuration = join(directory, 'slapd.conf')
  const schemas = ['core', 'cosine', 'nis', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema\n`)
  const certificate = `TLSCertificateFile ${directory}/cert.pem\nTLSCertificateKeyFile ${directory}/key.pem\n`
  await writeFile(
    configuration,
    `${schemas.join('')}${tls ? certificate : ''}modulepath /usr/lib/ldap
moduleload back_mdb
sizelimit ${sizeLimit ?? 'unlimited'}
database mdb
suffix "${BASE}"
directory ${data}
maxsize 1073741824
dbnosync
index objectClass,uid,mail,member eq
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${READER.dn}" read by * auth
`,
  )
  return configuration
}

async function makeCertificate(directory: string): Promise<string> {
  const certificate = join(directory, 'cert.pem')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${directory}/key.pem`]
  const subject = ['-subj', '/CN=scratch', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  await run('openssl', ['req', '-x509', ...key, ...subject, '-out', certificate])
  return await readFile(certificate, 'utf8')
}
