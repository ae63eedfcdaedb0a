import { Type } from 'typebox'

const Schedule = Type.Union([Type.String({ maxLength: 256 }), Type.Null()], {
  description: 'A cron expression of five fields, in UTC: "30 2 * * *" is 02:30 every day. Null: none.',
})

const fields = {
  batchedUpdates: Type.Boolean({
    description: 'Changes to the model wait until they are applied, by hand or on schedule.',
  }),
  enforcementSchedule: Schedule,
  localUsers: Type.Boolean({ description: 'False: people are known from the directory alone.' }),
  directorySyncSchedule: Schedule,
  directoryRemovalShare: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: 'The share of a team, in per cent, beyond which a synchronisation does not remove members unasked.',
  }),
  checkoutReasonRequired: Type.Boolean({
    description: 'Nobody gets the secret of a login credential without saying why.',
  }),
  secretReminderDays: Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()], {
    description: 'After so many days stewards are reminded to change a secret, and again after as many. Null: never.',
  }),
}

/** How an organisation is run. */
export const SettingsDto = Type.Object(fields, { xml: { name: 'settings' } })

/** What is left out stays as it is. */
export const SettingsBody = Type.Object(
  {
    batchedUpdates: Type.Optional(fields.batchedUpdates),
    enforcementSchedule: Type.Optional(fields.enforcementSchedule),
    localUsers: Type.Optional(fields.localUsers),
    directorySyncSchedule: Type.Optional(fields.directorySyncSchedule),
    directoryRemovalShare: Type.Optional(fields.directoryRemovalShare),
    checkoutReasonRequired: Type.Optional(fields.checkoutReasonRequired),
    secretReminderDays: Type.Optional(fields.secretReminderDays),
  },
  { additionalProperties: false, xml: { name: 'settings' } },
)
