import { AppError } from './errors.ts'

interface Pending<Ask, Answer> {
  readonly ask: Ask
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** So many are answered together at most. */
const CHUNK = 100

/**
 * Asks one by one what is answered for many at once. Who asks while others are being answered is answered next, with all who
 * came meanwhile; so an answer is as things stand at some time after the call. Where one spoils the answer for all, each is
 * answered alone.
 *
 * @param answerAll - as many answers as there are asks, in their order
 */
export function gather<Ask, Answer>(
  answerAll: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
): (ask: Ask) => Promise<Answer> {
  let waiting: Pending<Ask, Answer>[] = []
  let isAnswering = false

  const settle = async (group: readonly Pending<Ask, Answer>[]): Promise<void> => {
    try {
      const answers = await answerAll(group.map(({ ask }) => ask))
      for (const [n, answer] of answers.entries()) group[n]?.resolve(answer)
    } catch (error) {
      // A database that is away is so for each of them, and would keep them waiting twice.
      if (group.length > 1 && !isUnavailable(error)) await Promise.all(group.map((each) => settle([each])))
      else for (const { reject } of group) reject(error)
    }
  }
  const settleAll = async (): Promise<void> => {
    isAnswering = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = group.splice(CHUNK)
      await settle(group)
    }
    isAnswering = false
  }
  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject })
      if (!isAnswering) void settleAll()
    })
}

function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'unavailable'
}
