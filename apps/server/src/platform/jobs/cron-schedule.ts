import { Cron } from 'croner'

const FIVE_FIELDS = /^\s*\S+(\s+\S+){4}\s*$/

/**
 * When a schedule comes next after a moment, in UTC; undefined when the text is no cron expression of five fields (minute,
 * hour, day of the month, month, day of the week), or its time never comes, as on 30 February.
 */
export function nextCronTime(expression: string, after: Date): Date | undefined {
  if (!FIVE_FIELDS.test(expression)) return undefined
  try {
    return new Cron(expression, { timezone: 'UTC', mode: '5-part' }).nextRun(after) ?? undefined
  } catch {
    // croner says in words what is wrong, and throws nothing else.
    return undefined
  }
}
