import { hostname, release } from 'node:os'
import process from 'node:process'
import { ClientApi, type Device, type NewConnector, PortreeveClient, PortreeveError } from '@portreeve/client'
import { type Arguments, type CommandName, parseCode } from './arguments.ts'
import { ClientError } from './client-error.ts'
import { DataFolder } from './data-folder.ts'
import { askSituation, finishErasing, openEnabled, openInstallation } from './enter.ts'
import { describeData, follow, isGone } from './follow.ts'
import { openSecretPrompt } from './secret-prompt.ts'
import { describeSituation } from './situation.ts'
import { terminal } from './terminal.ts'
import { wipe } from './wipe.ts'

type Command = (given: Arguments) => Promise<void>

export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  register,
  confirm,
  login: logIn,
  run,
  status: tellStatus,
  note: addNote,
  fetch: fetchTeams,
  show,
  logout: logOut,
}

async function register(given: Arguments): Promise<void> {
  const folder = await claimFolder(given.folder)
  const made = await new ClientApi(given.url).register({ email: given.operand, ...deviceOf(given) })
  await keep(folder, given.url, made)
  terminal.say(`Connector ${made.connector_id} is registered. A mail has the link to confirm it, or: confirm <code>.`)
}

async function confirm({ folder, operand }: Arguments): Promise<void> {
  const { kept } = await openInstallation(folder)
  await new ClientApi(kept.url).confirm(parseCode(operand))
  terminal.say(`Connector ${kept.id} is confirmed.`)
}

async function logIn(given: Arguments): Promise<void> {
  const folder = await claimFolder(given.folder)
  const api = new ClientApi(given.url)
  using prompt = openSecretPrompt(process)
  const password = await prompt.ask('Password: ')
  const proof = { username: given.operand, password, ...deviceOf(given) }
  const made = await api.logIn(proof).catch(async (error) => {
    if (!(error instanceof PortreeveError && error.code === 'sign_in.token_required')) throw error
    return api.logIn({ ...proof, token: await prompt.ask('One-time code: ') })
  })
  await keep(folder, given.url, made)
  terminal.say(`Connector ${made.connector_id} is logged in.`)
}

async function run({ folder }: Arguments): Promise<void> {
  const opened = await DataFolder.open(folder)
  if (await finishErasing(opened)) return
  const installation = await openInstallation(folder)
  const end = await follow({ ...terminal, ...installation, connectorId: installation.kept.id })
  if (end === 'gone') process.exitCode = 1
}

async function tellStatus({ folder }: Arguments): Promise<void> {
  const installation = await openInstallation(folder)
  terminal.say(describeSituation(await askSituation(installation), installation.kept.id))
}

async function addNote({ folder, operand }: Arguments): Promise<void> {
  await (await openEnabled(folder)).folder.addNote(operand)
}

async function fetchTeams(given: Arguments): Promise<void> {
  const { folder, kept, connector } = await openEnabled(given.folder)
  const { access_token: token } = await connector.issueToken()
  const { teams } = new PortreeveClient({ baseUrl: kept.url, token })
  const names = await Array.fromAsync(teams.list(), ({ name }) => name).catch((error) => {
    // Said to users who lead none.
    if (error instanceof PortreeveError && error.code === 'access.flag_missing') return []
    throw error
  })
  await folder.saveTeams(names)
  terminal.say(names.length === 0 ? 'Its user leads no team.' : `Teams: ${names.join(', ')}`)
}

async function show({ folder }: Arguments): Promise<void> {
  const installation = await openEnabled(folder)
  for (const line of describeData(await installation.folder.readPersonalData())) terminal.say(line)
}

async function logOut(given: Arguments): Promise<void> {
  const installation = await openInstallation(given.folder)
  const { folder, kept, connector } = installation
  await askSituation(installation)
  await connector.logOut().catch((error) => {
    if (!isGone(error)) throw error
  })
  await wipe(folder, async () => undefined)
  terminal.say(`Connector ${kept.id} is no more, and all that was kept here is erased.`)
}

async function claimFolder(path: string): Promise<DataFolder> {
  const claimed = await DataFolder.claim(path)
  const folder = (await finishErasing(claimed)) ? await DataFolder.claim(path) : claimed
  const kept = await folder.findConnector()
  if (kept)
    throw new ClientError(`Connector ${kept.id} is kept in ${folder.path} already: log it out, or name another.`)
  return folder
}

async function keep(folder: DataFolder, url: string, made: NewConnector): Promise<void> {
  await folder.saveConnector({ url, id: made.connector_id, secret: made.connector_secret })
}

function deviceOf({ deviceName = hostname() }: Pick<Arguments, 'deviceName'>): Device {
  return {
    device_name: deviceName,
    platform: `${process.platform} ${release()}`,
    app_version: '0.1.0',
    client_id: 'portreeve-sample-client',
  }
}
