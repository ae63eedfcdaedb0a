import { open } from 'node:fs/promises'
import { formatSyslog, sendSyslog, sendToLocalSyslog } from './syslog.ts'

const DEFAULT_PORTS = { udp: 514, tcp: 601 } as const

/** Where lines go for good: a file's path, `syslog:` for this machine's own log, `syslog://host` or `syslog+tcp://host`. */
export function openAnchorSink(target: string): (line: string) => Promise<void> {
  if (target === 'syslog:') return (line) => sendToLocalSyslog(line)
  if (!/^syslog(\+tcp)?:/i.test(target)) return (line) => appendLine(target, line)
  const url = new URL(target)
  const transport = url.protocol === 'syslog+tcp:' ? 'tcp' : 'udp'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? DEFAULT_PORTS[transport] : Number(url.port)
  return (line) => sendSyslog({ host, port, transport }, formatSyslog(line, new Date()))
}

/** On the disk when this resolves. */
async function appendLine(path: string, line: string): Promise<void> {
  await using file = await open(path, 'a', 0o640)
  await file.appendFile(`${line}\n`)
  await file.datasync()
}
