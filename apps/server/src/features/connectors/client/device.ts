import { clientErrors } from './client-errors.ts'

/** What an installation says of itself. Taken on trust: it only helps people to tell their devices apart. */
export interface Device {
  readonly name: string
  readonly platform: string
  readonly appVersion: string
  /** The client application, by its OAuth 2.0 id. */
  readonly clientId: string
}

const LONGEST = 128
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u

/** Without surrounding space; throws `connector.bad_device`. */
export function parseDevice(device: Device): Device {
  return {
    name: parseText('device_name', device.name),
    platform: parseText('platform', device.platform),
    appVersion: parseText('app_version', device.appVersion),
    clientId: parseText('client_id', device.clientId),
  }
}

function parseText(field: string, text: string): string {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST || !PRINTABLE.test(trimmed)) throw clientErrors.bad_device(field, LONGEST)
  return trimmed
}
