import { defineErrors } from '../kernel/errors.ts'
import { type Given, type GivenSettings, readConfigFile, readEnvironment, readFlags } from './config-sources.ts'
import { BadValue, type Setting, type Settled } from './setting.ts'
import { CONFIG_FILE, SETTINGS, type SettingValues } from './settings.ts'

/** What the server runs by, checked and frozen. */
export interface Config extends Omit<SettingValues, 'bootstrapEmail' | 'bootstrapPassword'> {
  /** The first superadmin to make, when the operator named one. */
  readonly bootstrap?: { readonly email: string; readonly password: string }
}

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Without the program’s own name. */
  readonly argv: readonly string[]
  readFile(path: string): string
}

const configErrors = defineErrors('config', {
  invalid: {
    kind: 'invalid',
    message: (problems: readonly string[]) =>
      `Portreeve cannot start with these settings. ${problems.length === 1 ? 'One problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
  },
})

/** A flag goes before the environment, that before the file, that before the default. Throws `config.invalid` with every problem. */
export function loadConfig({ env, argv, readFile }: ConfigSources): Config {
  const environment = readEnvironment(env)
  const flags = readFlags(argv)
  const problems = [...flags.problems, ...environment.problems]
  const named = flags.given.get('configFile') ?? environment.given.get('configFile')
  const path = named && parseGiven(CONFIG_FILE, named, problems)
  const file = typeof path === 'string' ? readConfigFile(path, readFile) : undefined
  problems.push(...(file?.problems ?? []))

  const given = new Map([...(file?.given ?? []), ...environment.given, ...flags.given])
  const values = settle(given, problems)
  const { bootstrapEmail: email, bootstrapPassword: password, ...rest } = values
  checkBootstrap(given, problems)
  if (problems.length > 0) throw configErrors.invalid(problems)
  const bootstrap =
    email !== undefined && password !== undefined ? { bootstrap: Object.freeze({ email, password }) } : {}
  return Object.freeze({ ...rest, ...bootstrap })
}

/** Goes down the table, so that a default finds the settings it follows from. */
function settle(given: GivenSettings, problems: string[]): SettingValues {
  const settled: Record<string, string | number | undefined> = {}
  for (const [name, setting] of Object.entries<Setting<string | number>>(SETTINGS)) {
    const text = given.get(name as keyof typeof SETTINGS)
    // Once there is a problem nothing comes of the defaults, and what they follow from may be missing.
    const fallback = () => (problems.length === 0 ? defaultOf(setting, settled) : undefined)
    const value = text === undefined ? fallback() : parseGiven(setting, text, problems)
    if (value !== undefined) settled[name] = value
  }
  // Every setting was parsed by its own entry; those that are missing have put a problem on the list.
  return settled as unknown as SettingValues
}

/** A fixed default is written as an operator would write it, so it is read the same way. */
function defaultOf(setting: Setting<string | number>, settled: Settled): string | number | undefined {
  return setting.default && setting.parse(String(setting.default.from(settled)))
}

function parseGiven(setting: Setting<string | number>, { text, where }: Given, problems: string[]) {
  try {
    return setting.parse(text)
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    problems.push(`${where}: ${setting.isSecret ? 'Its value' : `"${text}"`} ${error.message}`)
    return undefined
  }
}

function checkBootstrap(given: GivenSettings, problems: string[]): void {
  const { bootstrapEmail: email, bootstrapPassword: password } = SETTINGS
  const hasEmail = given.has('bootstrapEmail')
  if (hasEmail === given.has('bootstrapPassword')) return
  const [there, missing] = hasEmail ? [email, password] : [password, email]
  problems.push(`${there.env}: Is set without ${missing.env}. Set both, or neither.`)
}
