import type { ModelView } from '../../../kernel/model-state.ts'
import { describeUnreachable, findUnreachable, type UnreachablePath, UserNumbers } from '../../rules/index.ts'
import { eachRepository, type ReportDeps } from './each-repository.ts'

/** Something in the model that is allowed and probably not meant. */
export interface ModelWarning extends UnreachablePath {
  readonly type: 'unreachable_path'
  readonly repositoryName: string
  readonly message: string
}

/** Every path of an organisation's repositories that users have access to and cannot browse to. */
export async function reportWarnings(
  deps: ReportDeps,
  view: Pick<ModelView, 'organisation' | 'state'>,
): Promise<readonly ModelWarning[]> {
  const warnings: ModelWarning[] = []
  const numbers = new UserNumbers()
  const repositories = await deps.store.listRepositories(view.organisation)
  for await (const { name, rights } of eachRepository(deps, repositories, [view])) {
    for (const found of rights.flatMap((some) => findUnreachable(some, numbers))) {
      const message = describeUnreachable(found, name)
      warnings.push({ ...found, type: 'unreachable_path', repositoryName: name, message })
    }
  }
  return warnings
}

/** How much there is to remember: names, of which equal lists are one. */
export function weightOfWarnings(warnings: readonly ModelWarning[]): number {
  const lists = new Set(warnings.map(({ usernames }) => usernames))
  return [...lists].reduce((sum, list) => sum + list.length, warnings.length + 1)
}
