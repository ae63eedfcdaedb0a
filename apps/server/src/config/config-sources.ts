import { closestName } from './closest-name.ts'
import { CONFIG_FILE, SETTINGS, type SettingName } from './settings.ts'

/** A value and where it stands, for the message when it is wrong. */
export interface Given {
  readonly text: string
  readonly where: string
}

export type GivenSettings = ReadonlyMap<SettingName | 'configFile', Given>

export interface Reading {
  readonly given: GivenSettings
  readonly problems: readonly string[]
}

const NAMES = Object.keys(SETTINGS) as SettingName[]
const ALL = [...NAMES.map((name) => ({ name, ...SETTINGS[name] })), { name: 'configFile' as const, ...CONFIG_FILE }]

/** Other variables of PORTREEVE_TEST_* than settings are the tests’ own. An empty variable is an unset one, as compose files write it. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Reading {
  const given = new Map<SettingName | 'configFile', Given>()
  const problems: string[] = []
  const known = ALL.map((setting) => setting.env)
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('PORTREEVE_')) continue
    const setting = ALL.find((candidate) => candidate.env === variable)
    if (setting === undefined && variable.startsWith('PORTREEVE_TEST_')) continue
    if (setting === undefined) problems.push(`${variable}: There is no such variable. ${adviceFor(variable, known)}`)
    else if (text) given.set(setting.name, { text, where: variable })
  }
  return { given, problems }
}

/** Takes `--flag value` and `--flag=value`. */
export function readFlags(argv: readonly string[]): Reading {
  const given = new Map<SettingName | 'configFile', Given>()
  const problems: string[] = []
  for (const { word, text } of flagsOf(argv)) {
    const setting = ALL.find((candidate) => candidate.flag === word)
    if (setting === undefined) problems.push(unknownFlag(word))
    else if (!text) problems.push(`${word}: Lacks its value. Write ${word} ${setting.placeholder}.`)
    else if (given.has(setting.name)) problems.push(`${word}: Is given twice. Give it once.`)
    else given.set(setting.name, { text, where: word })
  }
  return { given, problems }
}

/** A misspelt flag takes its value along too, so that the value is no second problem. */
function* flagsOf(argv: readonly string[]): Generator<{ word: string; text: string | undefined }> {
  const words = [...argv]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const equals = word.indexOf('=')
    if (equals !== -1) yield { word: word.slice(0, equals), text: word.slice(equals + 1) }
    else if (word.startsWith('--') && !words[0]?.startsWith('--')) yield { word, text: words.shift() }
    else yield { word, text: undefined }
  }
}

function unknownFlag(word: string): string {
  const what = word.startsWith('-') ? 'There is no such flag' : 'There are no arguments but flags'
  const flags = ALL.map(({ flag }) => flag)
  return `${word}: ${what}. ${adviceFor(word, flags)}`
}

/** A JSON object with the settings’ names; `null` leaves one unset. */
export function readConfigFile(path: string, readFile: (path: string) => string): Reading {
  const given = new Map<SettingName | 'configFile', Given>()
  let content: unknown
  try {
    content = JSON.parse(readFile(path))
  } catch (error) {
    // A syntax error quotes what it stumbled over, which may be a secret.
    const why = error instanceof SyntaxError ? 'It is not valid JSON.' : 'It cannot be read.'
    return { given, problems: [`${path}: ${why} Mend the file, or do not name it.`] }
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { given, problems: [`${path}: Is not a JSON object. Write {"port": 8470}, for example.`] }
  }
  const problems: string[] = []
  for (const [key, value] of Object.entries(content)) {
    const name = NAMES.find((candidate) => candidate === key)
    const where = `"${key}" in ${path}`
    if (name === undefined) problems.push(`${where}: There is no such setting. ${adviceFor(key, NAMES)}`)
    else if (typeof value === 'string' || typeof value === 'number') given.set(name, { text: String(value), where })
    else if (value !== null) problems.push(`${where}: Is neither text nor a number. Write it as text.`)
  }
  return { given, problems }
}

function adviceFor(name: string, known: readonly string[]): string {
  const meant = closestName(name, known)
  return meant === undefined ? 'Remove it; --help lists what there is.' : `Did you mean ${meant}?`
}
