import type { AccessChange } from '@portreeve/client'
import { counted } from '../../parts/counted.ts'
import { directionOf } from './access-direction.ts'

/** How many people gain and how many lose access somewhere. */
export interface AccessSummary {
  readonly gaining: number
  readonly losing: number
  /** Whole audiences that gain or lose: everybody who is signed in, or everybody at all. */
  readonly wideGaining: boolean
  readonly wideLosing: boolean
  /** False where the server told the first changes, or the first names of a change, alone: the numbers are the least it can be. */
  readonly isComplete: boolean
}

/** Counts each person once, however many paths are concerned. */
export function summariseAccess(changes: readonly AccessChange[], total: number): AccessSummary {
  const gains = changes.filter((change) => directionOf(change) === 'gains')
  const losses = changes.filter((change) => directionOf(change) === 'loses')
  const told = [...gains, ...losses]
  return {
    gaining: countPeople(gains),
    losing: countPeople(losses),
    wideGaining: gains.some(({ audience }) => audience !== 'user'),
    wideLosing: losses.some(({ audience }) => audience !== 'user'),
    isComplete: changes.length === total && told.every(({ users, usernames }) => users === usernames.length),
  }
}

/** In words, as a sentence: `Access is lost, or a part of it, by 3 people; some is gained by 12 people.` */
export function summaryText(summary: AccessSummary): string {
  const { gaining, losing, wideGaining, wideLosing, isComplete } = summary
  const nobody = gaining === 0 && losing === 0 && !wideGaining && !wideLosing
  if (nobody && isComplete) return 'Nobody gains or loses access.'
  const least = isComplete ? '' : 'at least '
  const losers = `Access is lost, or a part of it, by ${least}${people(losing, wideLosing)}`
  return `${losers}; some is gained by ${least}${people(gaining, wideGaining)}.`
}

function people(count: number, isWide: boolean): string {
  const named = counted(count, 'person', 'people')
  return isWide ? `${named} and a whole audience` : named
}

/** Of changes with more people than names, the largest says how many there are at least. */
function countPeople(changes: readonly AccessChange[]): number {
  const names = new Set(changes.flatMap(({ usernames }) => usernames))
  return Math.max(names.size, ...changes.map(({ users }) => users))
}
