import type { Act } from './connector-acts.ts'

/** What an act is called, and what comes of it for those it is done to. */
interface ActText {
  readonly verb: string
  /** Said when it is done: `is locked`. */
  readonly done: { readonly one: string; readonly many: string }
  readonly effect: { readonly one: string; readonly many: string }
}

export const ACT_TEXTS: Readonly<Record<Act, ActText>> = {
  Enabled: {
    verb: 'Enable',
    done: { one: 'is let in again', many: 'are let in again' },
    effect: { one: 'It is let in again at once.', many: 'Those that are disabled are let in again at once.' },
  },
  Disabled: {
    verb: 'Disable',
    done: { one: 'is locked', many: 'are being locked' },
    effect: {
      one: 'It is shut out at once and told to lock itself. Its data stay on it. Enabling lets it in again.',
      many: 'They are shut out at once and told to lock themselves. Their data stay on them.',
    },
  },
  Wipe: {
    verb: 'Wipe',
    done: { one: 'is ordered to wipe itself', many: 'are being ordered to wipe themselves' },
    effect: {
      one: 'It is shut out at once, and deletes the app’s data as soon as it asks. This cannot be taken back.',
      many: 'They are shut out at once, and delete the app’s data as soon as they ask. This cannot be taken back.',
    },
  },
  delete: {
    verb: 'Delete',
    done: { one: 'is deleted', many: 'are being deleted' },
    effect: {
      one: 'Its entry is deleted. To come back, the app registers or signs in again.',
      many: 'Entries that are pending, disabled or wiped are deleted; the others stay, and are told as failed.',
    },
  },
}
